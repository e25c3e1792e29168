// Calculated values on the form: in conditions, and in texts that change with the answers. It runs before the common
// script, which gives it the facts of the path (survey/path.js); placeholders ask it for words.
import { form, survey } from "../survey/dom.js";
import { holds } from "../survey/conditions.js";
import { answer } from "../survey/read_answers.js";
import { evaluate, fraction, limit, order, plus, round } from "./fractions.js";

// `values`: name -> cases of [condition, formula], unit, decimals. `amounts`: question -> choice -> number. `tests`:
// comparisons, which conditions name by their place. `inputs`: every question that a value depends on.
const { values, amounts, tests, inputs } = survey.calculated;
// A name may be `constructor`.
[values, amounts, ...Object.values(amounts)].forEach((one) => Object.setPrototypeOf(one, null));
const lang = document.documentElement.lang, locale = lang === "en" ? "en-GB" : lang;
const NUMBER = /^-?\d{1,30}(\.\d{1,30})?$/;
const exact = (value) => (typeof value !== "boolean" && NUMBER.test(value) ? fraction(String(value)) : null);

const chosen = (numbers, value) => {
  const found = [].concat(value).map((one) => numbers[one] ?? null);
  return found.includes(null) ? null : found.map(fraction).reduce(plus);
};
// What is typed in a field for numbers is taken digit by digit: a floating-point number would lose some.
const typed = (name, value) => {
  const field = form.querySelector(`[data-number][name="${CSS.escape(name)}"]`);
  return exact(field ? form.readNumber(field)[2] : value);
};
const operand = (name, facts, known) => {
  if (values[name]) return calculate(name, facts, known);
  const value = facts[name] ?? null;
  return value === null ? null : amounts[name] ? chosen(amounts[name], value) : typed(name, value);
};
// `known` keeps what was calculated; a value that needs itself is unknown.
const calculate = (name, facts, known = Object.create(null)) => {
  if (!(name in known)) {
    known[name] = null;
    const found = values[name].cases.find(([when]) => !when || holds(when, facts) === true);
    known[name] = limit(found ? evaluate(found[1], (other) => operand(other, facts, known)) : null);
  }
  return known[name];
};

const ordered = { lt: (n) => n < 0n, lte: (n) => n <= 0n, gt: (n) => n > 0n, gte: (n) => n >= 0n };
const compare = ([name, operator, ...wanted], facts) => {
  const value = calculate(name, facts);
  if (operator === "known") return (value !== null) === wanted[0];
  if (value === null) return null;
  const numbers = wanted.map(exact);
  if (ordered[operator]) return numbers[0] && ordered[operator](order(value, numbers[0]));
  return numbers.some((number) => number && order(value, number) === 0n) === (operator === "eq" || operator === "in");
};

let path = {};
const derive = (facts) => tests.forEach((test, nth) => Object.defineProperty(facts, "calculated." + nth, { get: () => compare(test, facts) }));
form.derive = (facts) => { derive(facts); path = facts; };

const words = (value, { unit, decimals }) => {
  const [n, d] = round(value, decimals), digits = String((n < 0n ? -n : n) * 10n ** BigInt(decimals) / d).padStart(decimals + 1, "0");
  const text = (n < 0n ? "-" : "") + digits.slice(0, digits.length - decimals) + (decimals ? "." + digits.slice(-decimals) : "");
  const said = new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(text);
  return unit ? said + "\u00a0" + unit : said;
};
// The words of a calculated value, "" when it is unknown; undefined for a name that is none.
form.calculated = (name) => {
  if (!values[name]) return undefined;
  const facts = { ...path };
  derive(facts);
  inputs.forEach((input) => {
    const question = form.querySelector(`[name="${CSS.escape(input)}"]`)?.closest(".question");
    if (question) facts[input] = form.visible.has(question) ? answer(input) : null;
  });
  const value = calculate(name, facts);
  return value ? words(value, values[name]) : "";
};
