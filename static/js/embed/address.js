// Where a frame finds the survey, and what the page around it tells: campaign, click ids, referrer and landing page.
import { HOST, agreed, option, pairs, slug, trying } from "./options.js";

const SENT = /^(utm_\w+|gclid|[gw]braid|fbclid|msclkid|li_fat_id)$/;
// Last first: of a parameter given twice the first value counts, as on the survey's own page.
const asked = () => [...new URLSearchParams(location.search)].reverse();

export const context = (element) => {
  const told = Object.fromEntries(asked().filter(([name]) => SENT.test(name)));
  const referrer = document.referrer, landing = location.origin + location.pathname;
  const all = { ...told, lq_referrer: referrer, lq_landing: landing };
  // Kept on the visitor's device only with consent: what brought them here the first time.
  if (agreed(element)) trying(() => { all.lq_first = localStorage.lq_first = localStorage.lq_first || "" + new URLSearchParams({ ...told, referrer, landing }); });
  return all;
};

export const address = (element, framed) => {
  const url = new URL("/s/" + slug(element), HOST);
  // "a,b" names what else of this page's address goes along; without names all of it does.
  const more = option(element, "transitive-search-params");
  [
    ...asked().filter(([name]) => more === "" || more?.split(",").includes(name)),
    ...Object.entries(context(element)),
    ...pairs(option(element, "hidden")),
    ...pairs(option(element, "prefill")),
    ["theme", option(element, "theme")],
    ["lang", option(element, "lang")],
  ].forEach(([name, value]) => value && url.searchParams.set(name, value));
  if (framed) url.searchParams.set("embed", "");
  return url.href;
};
