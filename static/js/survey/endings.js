// Where the way ends early. The same as core/survey/journey.py: an ending counts once a screen is passed on which nothing
// is wrong or missing, and nothing is known of what comes later. Only in pages whose survey has endings.
import { holds } from "./conditions.js";
import { all, questions, survey } from "./dom.js";
import { problem } from "./validation.js";

export const way = { ends: false };
const namesOf = (question) => {
  const rows = all(question, ".line input").map((input) => input.name);
  return rows.length ? rows : [question.dataset.name];
};
const screenOf = (question) => {
  const section = question.closest(".page");
  return section.matches(".contact") || survey.mode === "by_page" ? section : survey.mode === "single_page" ? survey : question;
};
// Takes what comes after an ending out of `visible`.
export const stop = (visible, facts) => {
  const list = questions(), ahead = new Set(list.flatMap(namesOf));
  way.ends = false;
  for (let at = 0; at < list.length; at++) {
    const question = list[at], next = list[at + 1], gate = question.closest(".contact");
    namesOf(question).forEach((name) => ahead.delete(name));
    if (visible.has(question) && problem(question)) return;
    if ((next && screenOf(next) === screenOf(question)) || (gate && gate !== list[0].closest(".contact"))) continue;
    if (!survey.endings.some((ending) => holds(ending, facts, ahead) === true)) continue;
    way.ends = true;
    list.slice(at + 1).forEach((later) => visible.delete(later));
    return;
  }
};
