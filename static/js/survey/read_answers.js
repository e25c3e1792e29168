// What was typed, as the server would read it: a number, a text, a list, true, or null for nothing that counts.
import { form, inputs } from "./dom.js";
import { number } from "./conditions.js";

// As the server's gate cleans it: without signs that nobody sees (core/base/text_cleaning.py).
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{DI}\u2800]/gu;
export const visibleText = (value) => value.replace(/\s+/g, " ").replace(INVISIBLE, "").trim();

export const answer = (name) => {
  const found = inputs(name);
  if (!found.length) return null;
  const [first] = found;
  if (first.type === "checkbox" && !first.closest(".multiple")) return first.checked || null;
  if (first.type === "checkbox" || (first.matches("select") && found.length > 1)) {
    const chosen = found.filter((field) => (first.type === "checkbox" ? field.checked : field.value)).map((field) => field.value);
    return chosen.length ? chosen : null;
  }
  const one = first.type === "radio" ? found.find((field) => field.checked) : first;
  if (!one || "untouched" in one.dataset || !visibleText(one.value)) return null;
  if ("number" in one.dataset) return form.readNumber(one)[0];
  const value = one.matches("textarea") ? one.value.trim() : one.value.trim().replace(/\s+/g, " ");
  return one.closest(".points") ? number(value) : value;
};
