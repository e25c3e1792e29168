// Nothing typed is lost. Answers stay on this device for 30 days and, under a random number, on the server, so that a
// mailed link finds them; contact details stay in this tab alone. What was seen is counted under another number that
// nobody can join with the answers.
import { $, all, form, inputs, query, survey, words } from "./page.js";
import { tell } from "./mistakes.js";
import { ask, body } from "./sending.js";
import { first, set } from "./source.js";

const shelf = "fill:" + survey.id;
const MONTH = 30 * 864e5;
export const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
// Storage may be blocked altogether: then the mailed link is the way back.
const read = (place) => { try { return JSON.parse(window[place].getItem(shelf)); } catch { return null; } };
const write = (place, value) => { try { window[place].setItem(shelf, JSON.stringify(value)); } catch { /* blocked or full */ } };
const A_PAUSE = 1500;
let dirty = false, quiet = true, soon = 0;
export const forget = () => {
  dirty = false;
  clearTimeout(soon);
  ["localStorage", "sessionStorage"].forEach((place) => { try { window[place].removeItem(shelf); } catch { /* blocked */ } });
};

// Short names, for they lie in everybody's browser: publication, draft, visit, the mailed link that was opened, and the
// time of the last change. Whoever opens such a link goes on under a number of their own.
export const record = { p: survey.publication, d: random(), v: random(), r: query.get("resume"), typed: [], seen: [] };

// Answers given under another version are finished under that version.
export const elsewhere = () => {
  const kept = read("localStorage");
  if (!kept || (survey.personal && (!record.r || kept.r !== record.r)) || Date.now() - kept.t > MONTH || !kept.typed.length) return false;
  if (kept.p !== survey.publication) {
    const asked = new URLSearchParams(location.search);
    if (asked.get("version")) return false;
    asked.set("version", kept.p.split("@")[1]);
    location.replace("?" + asked);
    return true;
  }
  Object.assign(record, kept);
  return false;
};
const fill = (typed) => typed.forEach(([name, value]) => inputs(name).forEach((field) => {
  if (field.type !== "hidden" && !field.closest(".honeypot")) set(field, value);
}));
const fillPlaces = (typed) => all(form, ".ranking").forEach((list) => {
  const places = all(list, "select");
  typed.filter(([name]) => name === places[0].name).forEach(([, value], nth) => { if (places[nth]) places[nth].value = value; });
});
export const restore = () => {
  if (survey.personal && !record.typed.length) return;
  fill(record.typed);
  fillPlaces(record.typed);
  fill(read("sessionStorage") || []);
};

const split = () => {
  const contact = (name) => inputs(name).some((field) => field.closest(".contact"));
  const typed = [...new FormData(form)].filter(([name, value]) => value && inputs(name).some((field) => field.closest(".page") && !("untouched" in field.dataset)));
  return [typed.filter(([name]) => !contact(name)), typed.filter(([name]) => contact(name))];
};
export const keep = () => {
  const [typed, contact] = split();
  Object.assign(record, { typed, t: Date.now(), first: first() });
  write("localStorage", record);
  write("sessionStorage", contact);
};

// --- the server's copy, and the figures ---------------------------------------------------------------------------
export const touched = () => {
  dirty = true;
  keep();
  clearTimeout(soon);
  soon = setTimeout(save, A_PAUSE);
};
// What stands on the screen now; questions that open on it later are told again.
export const note = (names) => {
  record.at = names;
  const fresh = names.split(" ").filter((name) => name && !record.seen.includes(name));
  record.seen.push(...fresh);
  dirty = dirty || fresh.length > 0;
};
const told = () => {
  const sent = body({ step: "save", draft: record.d, visit: record.v, seen: record.seen.join(" "), at: record.at });
  // Who has agreed to nothing cannot be written to: their contact details do not leave this tab.
  if (!form.querySelector('[name^="consent."]:checked')) all(form, ".contact .question [name]").forEach((field) => sent.delete(field.name));
  dirty = false;
  clearTimeout(soon);
  return sent;
};
export const save = () => { if (dirty && !quiet) ask(told()).catch(() => { dirty = true; }); };
// A glance is no view: the page says nothing of itself before somebody stays, or does something.
const heard = () => { quiet = false; save(); };
setTimeout(heard, 4000);
["pointerdown", "keydown"].forEach((sign) => addEventListener(sign, heard, { once: true }));
const leaving = () => { if (dirty && record.at !== undefined) navigator.sendBeacon(location.href, told()); };
addEventListener("pagehide", leaving);
document.addEventListener("visibilitychange", () => { if (document.hidden) leaving(); });

// --- continue later -----------------------------------------------------------------------------------------------
export const later = async (button) => {
  const sent = told();
  sent.set("step", "later");
  sent.set("later", form.elements.later.value);
  button.disabled = true;
  try {
    const said = await (await ask(sent)).json();
    tell(said.text || [said.title, said.advice].join(". "), !said.sent);
    if (said.sent) $("later").open = false;
  } catch { tell(words.offline); }
  button.disabled = false;
};
