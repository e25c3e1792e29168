// Where somebody comes from: campaign, click ids, referrer and landing page, of this visit and of the first one; and
// what the address fills in before anybody types. A consent is never ticked by an address.
import { inputs, query } from "./page.js";
import { nameCountries } from "./controls.js";
import { record } from "./keeping.js";

const CAMPAIGN = /^(utm_\w+|gclid|gbraid|wbraid|fbclid|msclkid|li_fat_id)$/;
const foreign = document.referrer.startsWith(location.origin) ? "" : document.referrer;
// What the embedding page says comes with the address of a frame its script made, or by its messenger (static/js/frame).
const told = (name) => query.get(name) || (window.lqContext || {})[name];
export const last = () => {
  const touch = {};
  [...query.keys(), ...Object.keys(window.lqContext || {})].forEach((name) => { if (CAMPAIGN.test(name)) touch[name] = told(name); });
  // A frame alone knows only who frames it; who is told where the visitor landed knows better.
  touch.referrer = told("lq_referrer") || (told("lq_landing") ? "" : foreign);
  touch.landing = told("lq_landing") || location.origin + location.pathname;
  return touch;
};
export const first = () => {
  const before = Object.fromEntries(new URLSearchParams(told("lq_first") || ""));
  return record.first || (Object.keys(before).length ? before : last());
};
export const source = () => JSON.stringify({ first: first(), last: last() });

export const set = (field, value) => {
  if (field.type === "radio" || field.type === "checkbox") field.checked = field.checked || field.value === value;
  else {
    nameCountries(field.parentElement);
    field.value = value;
  }
  delete field.dataset.untouched;
};
export const prefill = () => query.forEach((value, name) => {
  const fields = inputs(name).filter((field) => field.closest(".question") && !field.closest(".tick"));
  const several = fields.length > 1 && fields[0].type !== "radio" ? value.split(",") : [value];
  several.forEach((part, nth) => (fields[0] && fields[0].matches("select") && fields[nth] ? [fields[nth]] : fields).forEach((field) => set(field, part)));
});
