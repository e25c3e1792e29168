// The form, its data and sentences, and short ways to find elements.
// The page receives conditions and sentences, never levels, flags, signals or points. The server is the authority.
export const survey = JSON.parse(document.getElementById("survey").textContent);
export const words = survey.words;
export const form = document.forms[0];
export const query = new URLSearchParams(location.search);
export const $ = (id) => document.getElementById(id);
export const all = (from, what) => [...from.querySelectorAll(what)];
export const questions = () => all(form, ".question");
export const questionNamed = (name) => questions().find((question) => question.dataset.name === name);
export const inputs = (name) => all(form, `[name="${CSS.escape(name)}"]`);
export const fieldOf = (question) => question.querySelector("input,select,textarea");
export const make = (tag, given, ...inside) => {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside);
  return made;
};

// The parts of the survey that are not seen first wait in a template, so that the first question is drawn sooner.
export const unfold = () => {
  $("rest")?.replaceWith($("rest").content);
  all(form, ".page").forEach((section) => form.insertBefore(section, $("status")));
};

// For listeners outside this script (the frame's messenger); an event never holds an answer.
export const announce = (type, more) => document.dispatchEvent(new CustomEvent("lq", { detail: { type, ...more } }));
