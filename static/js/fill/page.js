// What every part of the diagnostic stands on: the form, its conditions and words, and short ways to find things.
// The page receives conditions and words, never levels, flags, signals or points. The server is the authority.
export const survey = JSON.parse(document.getElementById("survey").textContent);
export const words = survey.words;
export const form = document.forms[0];
export const $ = (id) => document.getElementById(id);
export const all = (from, what) => [...from.querySelectorAll(what)];
export const questions = () => all(form, ".question");
export const inputs = (name) => all(form, `[name="${CSS.escape(name)}"]`);
export const make = (tag, given, ...inside) => {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside);
  return made;
};
export const query = new URLSearchParams(location.search);

// The parts of the survey that are not seen first wait in a template, so that the first question is drawn sooner.
const rest = $("rest");
if (rest) rest.replaceWith(rest.content);
all(form, ".page").forEach((section) => form.insertBefore(section, $("told")));

// Whoever is outside (the frame's messenger) listens to these; they never hold an answer.
export const announce = (type, more) => document.dispatchEvent(new CustomEvent("lq", { detail: { type, ...more } }));
