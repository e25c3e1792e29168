// What was typed, as the server would read it: a number, a text, a list, true, or null for nothing that counts.
import { inputs } from "./dom.js";
import { number } from "./conditions.js";

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
  if (!one || "untouched" in one.dataset || one.value.trim() === "") return null;
  const value = one.matches("textarea") ? one.value.trim() : one.value.trim().replace(/\s+/g, " ");
  return one.closest(".points,.slider,.amount") ? number(value.replace(/\s/g, "").replace(",", ".")) : value;
};
