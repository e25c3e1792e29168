// The visitor's own copy: answers stay on this device for 30 days, contact details in this tab alone. Storage may be
// blocked altogether: then the mailed link is the way back.
import { all, form, inputs, query, survey } from "./dom.js";
import { first } from "./attribution.js";
import { hidden } from "./path.js";
import { setValue } from "./prefill.js";
import { record } from "./record.js";

const key = "fill:" + survey.id;
const MONTH = 30 * 864e5;
const read = (place) => { try { return JSON.parse(window[place].getItem(key)); } catch { return null; } };
const write = (place, value) => { try { window[place].setItem(key, JSON.stringify(value)); } catch { /* blocked or full */ } };
export const clear = () => ["localStorage", "sessionStorage"].forEach((place) => { try { window[place].removeItem(key); } catch { /* blocked */ } });

// Answers given under another version are finished under that version: true when the browser is on its way there.
export const elsewhere = () => {
  const kept = read("localStorage");
  if (!kept || (survey.personal && (!record.r || kept.r !== record.r)) || Date.now() - kept.t > MONTH || !kept.typed.length) return false;
  if (kept.p !== survey.publication) {
    const asked = new URLSearchParams(query);
    if (asked.get("version")) return false;
    asked.set("version", kept.p.split("@")[1]);
    location.replace("?" + asked);
    return true;
  }
  Object.assign(record, kept);
  return false;
};

const fill = (typed) => typed.forEach(([name, value]) => inputs(name).forEach((field) => {
  if (field.type !== "hidden" && !field.closest(".honeypot")) setValue(field, value);
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

export const keep = () => {
  const typed = [], contact = [];
  new FormData(form).forEach((value, name) => {
    const fields = inputs(name);
    if (value && fields.some((field) => field.closest(".page") && !("untouched" in field.dataset)))
      (fields.some((field) => field.closest(".contact")) ? contact : typed).push([name, value]);
  });
  Object.assign(record, { typed, t: Date.now(), first: first(), h: hidden() });
  write("localStorage", record);
  write("sessionStorage", contact);
};
