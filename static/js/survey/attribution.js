// Where a visitor comes from: campaign, click ids, referrer and landing page, of this visit and of the first one.
import { query } from "./dom.js";
import { record } from "./record.js";

const CAMPAIGN = /^(utm_\w+|gclid|gbraid|wbraid|fbclid|msclkid|li_fat_id)$/;
const foreign = document.referrer.startsWith(location.origin) ? "" : document.referrer;
// What the embedding page says comes with the address of a frame its script made, or by its messenger (static/js/frame).
const context = (name) => query.get(name) || (window.lqContext || {})[name];
export const last = () => {
  const touch = {};
  [...query.keys(), ...Object.keys(window.lqContext || {})].forEach((name) => { if (CAMPAIGN.test(name)) touch[name] = context(name); });
  // A frame by itself knows only the site around it; the landing page says more.
  touch.referrer = context("lq_referrer") || (context("lq_landing") ? "" : foreign);
  touch.landing = context("lq_landing") || location.origin + location.pathname;
  return touch;
};
export const first = () => {
  const before = Object.fromEntries(new URLSearchParams(context("lq_first") || ""));
  return record.first || (Object.keys(before).length ? before : last());
};
export const source = () => JSON.stringify({ first: first(), last: last() });
