// The server's copy, under a random number, so that a mailed link finds it, and the drop-off figures: what was seen is
// counted under another number that nobody can join with the answers.
import { all, form } from "./dom.js";
import { address, formBody, post } from "./api.js";
import { source } from "./attribution.js";
import { record } from "./record.js";
import { namesHere } from "./screens.js";
import { clear, keep } from "./storage.js";

const PAUSE = 1500, QUIET = 4000;
let dirty = false, quiet = true, timer = 0;

const clean = () => {
  dirty = false;
  clearTimeout(timer);
};
export const forget = () => {
  clean();
  clear();
};

// Questions that open on a screen later are noted again.
const noteScreen = () => {
  record.at = namesHere();
  const fresh = record.at.split(" ").filter((name) => name && !record.seen.includes(name));
  record.seen.push(...fresh);
  dirty = dirty || fresh.length > 0;
};
export const snapshot = () => {
  const body = formBody({ draft: record.d, visit: record.v, seen: record.seen.join(" "), at: record.at, source: source() });
  // Without a consent nobody can be written to: contact details do not leave this tab.
  if (!form.querySelector('[name^="consent."]:checked')) all(form, ".contact .question [name]").forEach((field) => body.delete(field.name));
  clean();
  return body;
};
const save = () => { if (dirty && !quiet) post("/save", snapshot()).catch(() => { dirty = true; }); };

export const changed = () => {
  noteScreen();
  dirty = true;
  keep();
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
};

export const startAutosave = () => {
  form.addEventListener("screenchange", () => {
    noteScreen();
    if (record.typed.length) keep();
    save();
  });
  // Nothing is sent before 4 s on the page or the first interaction, so that bounces are not counted.
  const speak = () => { quiet = false; save(); };
  setTimeout(speak, QUIET);
  ["pointerdown", "keydown"].forEach((sign) => addEventListener(sign, speak, { once: true }));
  const leave = () => { if (dirty && record.at !== undefined) navigator.sendBeacon(address("/save"), snapshot()); };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
};
