// What was typed, as the server would read it: a number, a text, a list, true, or null for nothing that counts.
import { all, inputs, questions, query, survey } from "./page.js";
import { holds, number } from "./conditions.js";
import { wrongWith } from "./mistakes.js";
import { last } from "./source.js";

export const answer = (name) => {
  const found = inputs(name);
  if (!found.length) return null;
  const [first] = found;
  if (first.type === "checkbox" && !first.closest(".several")) return first.checked || null;
  if (first.type === "checkbox" || (first.matches("select") && found.length > 1)) {
    const chosen = found.filter((field) => (first.type === "checkbox" ? field.checked : field.value)).map((field) => field.value);
    return chosen.length ? chosen : null;
  }
  const one = first.type === "radio" ? found.find((field) => field.checked) : first;
  if (!one || "untouched" in one.dataset || one.value.trim() === "") return null;
  const value = one.matches("textarea") ? one.value.trim() : one.value.trim().replace(/\s+/g, " ");
  return one.closest(".points,.slider,.amount") ? number(value.replace(/\s/g, "").replace(",", ".")) : value;
};

// The questions that are asked with these answers, and the facts they give. A hidden answer is no fact.
export const visible = new Set();
export const weigh = () => {
  const facts = { ...survey.known };
  visible.clear();
  const touch = last();
  survey.fields.forEach((name) => { const said = query.get(name) || touch[name]; if (said && !(name in facts)) facts[name] = said; });
  questions().forEach((question) => {
    const name = question.dataset.name;
    const condition = survey.show_if[name];
    if (condition && holds(condition, facts) !== true) return;
    visible.add(question);
    const rows = all(question, ".line input");
    if (rows.length) rows.forEach((input) => { facts[input.name] = answer(input.name); });
    else facts[name] = wrongWith(question) ? null : answer(name);
  });
  return facts;
};
