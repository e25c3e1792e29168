// What some controls can do beyond what a browser gives them. Each works without this, and better with it.
import { all, form, survey } from "./page.js";

// The browser knows the names of all countries; they would be a fifth of the page. Naming and sorting them takes as long
// as everything else does, so it waits until somebody gets there.
export const nameCountries = (place) => all(place, "select[data-first]").forEach((select) => {
  const language = document.documentElement.lang;
  const names = new Intl.DisplayNames([language], { type: "region" });
  const order = new Intl.Collator(language).compare;
  const first = select.dataset.first.split(" ").filter(Boolean);
  delete select.dataset.first;
  const named = survey.countries.split(" ").map((code) => [names.of(code), code]).sort((a, b) => order(a[0], b[0]));
  const offered = [...first.map((code) => [names.of(code), code]), ...named.filter(([, code]) => !first.includes(code))];
  select.append(...offered.map(([name, code]) => new Option(name, code)));
});

// What only some controls do stands in a script of its own (static/js/several, sliding, ranking …), which runs after
// this one on the pages that need it.
export const answered = (field) => { delete field.dataset.untouched; };
// After answers were put back by the script: whoever shows an answer in another way looks again.
export const settle = () => form.dispatchEvent(new Event("settle"));
