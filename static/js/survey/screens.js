// The screens: which one is shown, what comes next, and how far along it is. Showing one dispatches `screenchange` on the
// form; its detail says whether it is the contact step.
import { $, all, announce, fieldOf, form, make, survey, words } from "./dom.js";
import { nameCountries } from "./country_select.js";
import { removeSummary, showError, showStatus, showSummary } from "./errors.js";
import { way as road } from "./endings.js";
import { undecided } from "./length.js";
import { visible, weigh } from "./path.js";
import { problem } from "./validation.js";

const go = $("go");
const back = make("button", { type: "button", className: "back", textContent: words.back });
export const screens = [];
const isGate = (screen) => screen.section.matches(".contact");
const buildScreens = () => all(form, ".page").forEach((section) => {
  const asked = all(section, ".question");
  const whole = survey.mode === "single_page" && !section.matches(".contact");
  const first = whole && screens.find((screen) => screen.whole);
  if (first) first.questions.push(...asked);
  else if (whole || survey.mode === "by_page" || section.matches(".contact")) screens.push({ section, questions: asked, whole });
  else asked.forEach((question) => screens.push({ section, questions: [question] }));
});
export const screenOf = (question) => screens.find((screen) => screen.questions.includes(question));
const path = () => screens.filter((screen) => (ENDINGS && road.ends && screen !== screens[0] ? false : isGate(screen)) || screen.questions.some((question) => visible.has(question)));

export let here;
let furthest = 0;
const CURRENT = "is-current";
export const single = () => here.questions.length === 1 && !isGate(here);
export const refresh = () => {
  weigh();
  here.questions.forEach((question) => question.classList.toggle(CURRENT, visible.has(question)));
};
// The names of the questions on this screen, as the server counts them.
export const namesHere = () => (isGate(here) ? "contact" : here.questions.filter((question) => visible.has(question)).map((question) => question.dataset.name).join(" "));

export const show = (screen, focus) => {
  weigh();
  const way = path();
  here = way.includes(screen) ? screen : way[0];
  nameCountries(here.section);
  const at = way.indexOf(here), gate = isGate(here);
  all(form, "." + CURRENT).forEach((element) => element.classList.remove(CURRENT));
  (here.whole ? all(form, ".page:not(.contact)") : [here.section]).forEach((section) => section.classList.add(CURRENT));
  refresh();
  where(way, gate);
  furthest = Math.max(furthest, (at + 1) / (way.length + 1));
  document.querySelector(".progress i").style.transform = `scaleX(${furthest})`;
  go.textContent = ENDINGS && road.ends && at === way.length - 1 ? words.next : at === way.length - 1 ? words.result : isGate(way[at + 1]) ? words.details : words.next;
  back.hidden = at === 0 || !survey.back;
  all(document, ".intro").forEach((intro) => { intro.hidden = at > 0; });
  form.dispatchEvent(new CustomEvent("screenchange", { detail: gate }));
  if (focus) {
    scrollTo(0, 0);
    const target = gate ? here.section.querySelector("h2,.question input") : here.questions.find((question) => visible.has(question));
    (target.matches("h2,input") ? target : target.querySelector("legend,input,select,textarea") || target).focus({ preventScroll: true });
  }
};
const where = (way, gate) => {
  const asks = (screen) => !isGate(screen) && screen.questions.some((question) => visible.has(question) && !question.matches(".statement"));
  const counted = way.filter(asks);
  const nth = counted.indexOf(here) + 1;
  const more = BRANCHES && survey.instead && !(ENDINGS && road.ends) ? undecided(screens.slice(screens.indexOf(here)), visible) : 0;
  const text = gate ? words.gate : !nth ? "" : BRANCHES && more ? words.about : words.where;
  const of = BRANCHES ? counted.length + more : counted.length;
  $("where").textContent = of < 2 && !gate ? "" : text.replace("{n}", nth).replace("{of}", of);
};

export const move = (by) => {
  weigh();
  const way = path();
  const next = way[way.indexOf(here) + by];
  if (!next) return false;
  showStatus("");
  removeSummary();
  show(next, true);
  history.pushState(screens.indexOf(next), "");
  announce("question_changed", { question: isGate(next) ? "contact" : next.questions[0].dataset.name });
  return true;
};
export const check = () => {
  weigh();
  const wrong = here.questions.filter((question) => {
    const text = visible.has(question) ? problem(question) : "";
    showError(question, text);
    return text;
  });
  if (wrong.length > 1) showSummary(wrong);
  else {
    removeSummary();
    if (wrong.length) fieldOf(wrong[0]).focus();
  }
  return !wrong.length;
};

export const startScreens = () => {
  buildScreens();
  here = screens[0];
  go.after(back);
  back.addEventListener("click", () => move(-1));
  addEventListener("popstate", (event) => show(screens[event.state || 0], true));
};
