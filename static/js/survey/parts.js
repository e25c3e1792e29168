// Choices and rows that show under a condition. What does not show is not chosen; it is remembered, and chosen again when
// it shows again and nothing else was chosen meanwhile. Only in pages whose survey has such conditions.
import { holds } from "./conditions.js";
import { all, inputs, survey } from "./dom.js";

const conceal = (field, off) => {
  const option = field.matches("option"), list = field.parentElement, { dataset } = option ? list : field;
  // Safari shows hidden options.
  if (option) field.disabled = off;
  (option ? field : list).hidden = off;
  if (off && (option ? list.value === field.value : field.checked)) {
    dataset.kept = field.value;
    option ? list.value = "" : field.checked = false;
  } else if (!off && dataset.kept === field.value) {
    delete dataset.kept;
    if (option) list.value = list.value || field.value;
    else field.checked = field.type === "checkbox" || !inputs(field.name).some((other) => other.checked);
  }
};
// Hides what does not show, and says whether anything is left to answer.
export const narrow = (question, facts) => {
  const { choice_if: choices, row_if: rows } = survey, conditions = (choices || {})[question.dataset.name] || {};
  const hides = (condition) => condition && holds(condition, facts) !== true;
  const off = Object.keys(conditions).filter((value) => hides(conditions[value]));
  const lines = all(question, ".line"), places = all(question, ".place"), heads = all(question, ".column-heads span");
  if (!Object.keys(conditions).length && !lines.some((line) => (rows || {})[line.querySelector("input").name])) return true;
  lines.forEach((line) => { line.hidden = !!hides((rows || {})[line.querySelector("input").name]); });
  const fields = all(question, "option,[type=radio],[type=checkbox]").filter((field) => field.value);
  fields.forEach((field) => conceal(field, off.includes(field.value) || !!field.closest(".line[hidden]")));
  const values = [...new Set(fields.map((field) => field.value))];
  values.forEach((value, nth) => { [places[nth], heads[nth + 1]].forEach((box) => { if (box) box.hidden = off.includes(value); }); });
  return fields.some((field) => !field.closest("[hidden]"));
};
