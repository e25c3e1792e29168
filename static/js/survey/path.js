// The questions that are asked with the answers so far.
import { all, form, query, questions, survey } from "./dom.js";
import { holds } from "./conditions.js";
import { last } from "./attribution.js";
import { answer } from "./read_answers.js";
import { record } from "./record.js";
import { stop } from "./endings.js";
import { narrow } from "./parts.js";
import { invalid } from "./validation.js";

// A property of the form too, for the scripts of placeholders.
export const visible = form.visible = new Set();
// Hidden fields: from the address, the page around, or an earlier visit.
export const hidden = () => {
  const touch = last(), found = {};
  survey.fields.forEach((name) => { const value = query.get(name) || touch[name] || record.h?.[name]; if (value) found[name] = value; });
  return found;
};
// Updates `visible`. A hidden answer is no fact for the conditions.
export const weigh = () => {
  const facts = { ...hidden(), ...survey.known };
  // Of the script of calculated values, where there are any.
  form.derive?.(facts);
  if (BRANCHES) visible.facts = facts;
  visible.clear();
  questions().forEach((question) => {
    const name = question.dataset.name;
    const condition = survey.show_if[name];
    if (condition && holds(condition, facts) !== true) return;
    if (PARTS && !narrow(question, facts)) return;
    visible.add(question);
    const rows = all(question, ".line input");
    if (rows.length) rows.forEach((input) => { facts[input.name] = answer(input.name); });
    else facts[name] = invalid(question) ? null : answer(name);
  });
  if (ENDINGS && survey.endings) stop(visible, facts);
};
