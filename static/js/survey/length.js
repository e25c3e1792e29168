// How many screens may still come that no answer has decided yet; of branches that exclude each other the longest. The same
// as core/survey/length.py. Only in pages whose survey branches.
import { holds } from "./conditions.js";
import { survey } from "./dom.js";

export const undecided = (later, visible) => {
  const { facts } = visible, live = [];
  return later.filter((screen) => screen.questions.reduce((more, question) => {
    const { name } = question.dataset, condition = survey.show_if[name], shows = visible.has(question);
    // Whether something will be answered is not known either.
    const text = live.reduce((said, one) => said.replace(RegExp(`"(${one}(\\.\\w+)?)":{"known":\\w+`, "g"), '"$1":{"eq":0'), JSON.stringify(condition || {}));
    const opens = !shows && live.some((one) => RegExp(`"${one}(\\.\\w+)?":`).test(text)) && holds(JSON.parse(text), facts) === null;
    if ((shows || opens) && (facts[name] ?? null) === null) live.push(name);
    if (question.matches(".statement")) return more;
    return shows ? false : more ?? (opens && !survey.instead.includes(name) ? true : more);
  }, null)).length;
};
