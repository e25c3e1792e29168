// What an element asks for: attributes that begin with data-lq-, or bear the same name without it.
export const TAG = "lead-questionnaire";
export const HOST = new URL(document.currentScript.src).origin;

export const option = (element, name) => element.getAttribute("data-lq-" + name) ?? element.getAttribute(name);
export const has = (element, name) => option(element, name) !== null;
export const slug = (element) => option(element, "survey");
export const isModal = (element) => /popup|slider/.test(option(element, "mode"));
// Consent belongs to the page more than to one element: any element around may say it, at any time.
export const agreed = (element) => element.closest("[data-lq-consent]");

// "key=value,key=value", a comma inside a value written \,
export const pairs = (text) => ((text || "").match(/(\\,|[^,])+/g) || []).map((part) => {
  const [name, ...value] = part.replace(/\\,/g, ",").split("=");
  return [name, value.join("=")];
});

// Storage may be blocked altogether.
export const trying = (todo) => { try { return todo(); } catch { /* blocked */ } };
export const make = (tag, given) => Object.assign(document.createElement(tag), given);

// The server puts the sentences in here: close and open in English, then each other language and the same in it.
const SAID = "@words".split("|");
// An unknown language is found at -1, its sentences at the beginning. `nth`: 1 is close, 2 is open.
export const say = (element, nth) => SAID[SAID.indexOf((option(element, "lang") || document.documentElement.lang).slice(0, 2)) + nth];
