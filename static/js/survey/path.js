// The questions that are asked with the answers so far.
import { all, query, questions, survey } from "./dom.js";
import { holds } from "./conditions.js";
import { last } from "./attribution.js";
import { answer } from "./read_answers.js";
import { invalid } from "./validation.js";

export const visible = new Set();
// Updates `visible`. A hidden answer is no fact for the conditions.
export const weigh = () => {
  const facts = { ...survey.known };
  visible.clear();
  const touch = last();
  survey.fields.forEach((name) => { const value = query.get(name) || touch[name]; if (value && !(name in facts)) facts[name] = value; });
  questions().forEach((question) => {
    const name = question.dataset.name;
    const condition = survey.show_if[name];
    if (condition && holds(condition, facts) !== true) return;
    visible.add(question);
    const rows = all(question, ".line input");
    if (rows.length) rows.forEach((input) => { facts[input.name] = answer(input.name); });
    else facts[name] = invalid(question) ? null : answer(name);
  });
};
