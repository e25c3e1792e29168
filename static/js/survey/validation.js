// What is wrong with the answer to a question, as a sentence; "" when nothing is.
import { all, form, words } from "./dom.js";
import { answer } from "./read_answers.js";

// Something is there, but it is no answer. Whether an answer is required is `missing`.
export const invalid = (question) => {
  const group = question.querySelector(".several");
  const ticked = group ? all(group, ":checked").length : 0;
  if (ticked && ticked < (group.dataset.min || 0) && !question.querySelector("[data-alone]:checked")) return words.few.replace("{n}", group.dataset.min);
  if (group && group.dataset.max && ticked > group.dataset.max) return words.many.replace("{n}", group.dataset.max);
  const places = all(question, ".ranking select").map((place) => place.value);
  const ranked = places.filter(Boolean);
  if (ranked.length && (ranked.length < places.length || new Set(ranked).size < ranked.length)) return words.rank;
  return all(question, "[data-wrong]").map(mistakeIn).find(Boolean) || "";
};
const mistakeIn = (field) => {
  if ("number" in field.dataset) return form.readNumber(field).text;
  // Whatever the server takes for an address passes here: only what is plainly none is caught before it is sent.
  const valid = field.inputMode !== "email" || /.@.*[.。]./s.test(field.value.normalize("NFKC"));
  return field.value.trim() && !(valid && field.checkValidity()) ? field.dataset.wrong : "";
};

export const missing = (question) => {
  if (!("required" in question.dataset)) return "";
  const fields = all(question, "input,select,textarea").filter((field) => !field.name.endsWith(".other"));
  if (!fields.length) return "";
  const lines = all(question, ".line");
  const given = lines.length ? lines.every((line) => line.querySelector(":checked")) : fields.some((field) => answer(field.name) !== null);
  return given ? "" : question.matches("fieldset") || fields[0].matches("select") ? words.choose : words.fill;
};
export const problem = (question) => invalid(question) || missing(question);
