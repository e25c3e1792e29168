import { all, survey } from "./dom.js";

// The browser knows the names of all countries; they would be a fifth of the page. Naming and sorting them takes as long
// as everything else does, so it waits until somebody gets there.
export const nameCountries = (place) => all(place, "select[data-first]").forEach((select) => {
  const language = document.documentElement.lang;
  const names = new Intl.DisplayNames([language], { type: "region" });
  const order = new Intl.Collator(language).compare;
  const first = select.dataset.first.split(" ").filter(Boolean);
  delete select.dataset.first;
  const codes = survey.countries.split(" ").flatMap(([initial, ...seconds]) => seconds.map((second) => initial + second));
  const named = codes.map((code) => [names.of(code), code]).sort((a, b) => order(a[0], b[0]));
  const offered = [...first.map((code) => [names.of(code), code]), ...named.filter(([, code]) => !first.includes(code))];
  select.append(...offered.map(([name, code]) => new Option(name, code)));
});
