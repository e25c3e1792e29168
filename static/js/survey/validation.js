// What is wrong with the answer to a question, as a sentence; "" when nothing is.
import { all, form, words } from "./dom.js";
import { answer, visibleText } from "./read_answers.js";

// Something is there, but it is no answer. Whether an answer is required is `missing`.
export const invalid = (question) => form.limit?.(question, words) || all(question, "[data-wrong]").map(mistakeIn).find(Boolean) || "";
const WEB = /^https?:\/\/[^\s/@:]+\.[^\s/@:]+(:\d{1,5})?(\/\S*)?$/i;
// Only what is plainly no address is caught before the server sees it: whatever it accepts passes here.
const shapes = {
  email: (text) => /.@.*[.。]./s.test(text.normalize("NFKC")),
  url: (text) => WEB.test(text.includes("://") ? text : "https://" + text),
};
const mistakeIn = (field) => {
  const { dataset, validity } = field, shape = shapes[field.inputMode], text = visibleText(field.value);
  if ("number" in dataset) return form.readNumber(field)[1];
  if (validity.rangeUnderflow) return dataset.small;
  if (validity.rangeOverflow) return dataset.large;
  return text && !(validity.valid && (!shape || shape(text))) ? dataset.wrong : "";
};

export const missing = (question) => {
  if (!("required" in question.dataset)) return "";
  const fields = all(question, "input,select,textarea").filter((field) => !field.name.endsWith(".other"));
  if (!fields.length) return "";
  const lines = all(question, ".line");
  const given = lines.length ? lines.every((line) => (PARTS && line.hidden) || line.querySelector(":checked")) : fields.some((field) => answer(field.name) !== null);
  if (PARTS && !given && question.dataset.missing) return question.dataset.missing;
  return given ? "" : question.matches("fieldset") || fields[0].matches("select") ? words.choose : words.fill;
};
export const problem = (question) => invalid(question) || missing(question);
