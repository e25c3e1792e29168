// What is wrong with the answer to a question, as a sentence; "" when nothing is.
import { all, words } from "./dom.js";
import { answer } from "./read_answers.js";
import { number } from "./conditions.js";

// Something is there, but it is no answer. Whether an answer is required is `missing`.
export const invalid = (question) => {
  const group = question.querySelector(".multiple");
  const ticked = group ? all(group, ":checked").length : 0;
  if (ticked && ticked < (group.dataset.min || 0) && !question.querySelector("[data-alone]:checked")) return words.few.replace("{n}", group.dataset.min);
  if (group && group.dataset.max && ticked > group.dataset.max) return words.many.replace("{n}", group.dataset.max);
  const places = all(question, ".ranking select").map((place) => place.value);
  const ranked = places.filter(Boolean);
  if (ranked.length && (ranked.length < places.length || new Set(ranked).size < ranked.length)) return words.rank;
  const wrong = all(question, "[data-wrong]").find((field) => field.value.trim() && !(field.checkValidity() && isValid(field)));
  return wrong ? wrong.dataset.wrong : "";
};
const isValid = ({ value, dataset }) => {
  if (!("number" in dataset)) return true;
  const typed = value.replace(/\s/g, "");
  const amount = /^-?[1-9]\d{0,2},\d{3}$/.test(typed) ? null : number(typed.replace(",", "."));
  const steps = (amount - (dataset.min || 0)) / (dataset.step || amount || 1);
  return amount !== null && !(amount < dataset.min) && !(amount > dataset.max) && Math.abs(steps - Math.round(steps)) < 1e-9;
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
