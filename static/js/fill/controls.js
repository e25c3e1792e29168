// What some controls can do beyond what a browser gives them. Each works without this, and better with it.
import { all, form, survey } from "./page.js";

// The browser knows the names of all countries; they would be a fifth of the page.
export const nameCountries = () => all(form, "select[data-first]").forEach((select) => {
  const language = document.documentElement.lang;
  const names = new Intl.DisplayNames([language], { type: "region" });
  const first = select.dataset.first.split(" ").filter(Boolean);
  const named = survey.countries.split(" ").map((code) => [names.of(code), code]).sort((a, b) => a[0].localeCompare(b[0], language));
  const offered = [...first.map((code) => [names.of(code), code]), ...named.filter(([, code]) => !first.includes(code))];
  select.append(...offered.map(([name, code]) => new Option(name, code)));
});

// One answer that excludes the others unticks them, and they untick it.
const alone = (field) => {
  if (field.type !== "checkbox" || !field.checked || !field.closest(".several")) return;
  all(field.closest(".several"), "input").forEach((box) => {
    if (box !== field && ("alone" in field.dataset || "alone" in box.dataset)) box.checked = false;
  });
};
const slide = (field) => { if (field.type === "range") field.parentElement.querySelector("output").textContent = field.value; };

export const answered = (field) => { delete field.dataset.untouched; alone(field); slide(field); };
export const dress = () => nameCountries();
// After answers were put back by the script.
export const settle = () => all(form, "input[type=range]").forEach(slide);
