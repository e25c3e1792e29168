// Exact numbers: [numerator, denominator] of BigInt, reduced, the denominator above zero. The same as
// core/base/arithmetic/evaluate.py; tests/browser/test_same_numbers.py compares the two.
const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a; };
const magnitude = (n) => (n < 0n ? -n : n);
const reduce = (n, d) => { const by = gcd(magnitude(n), magnitude(d)) * (d < 0n ? -1n : 1n); return [n / by, d / by]; };

export const fraction = (text) => {
  const [whole, part = ""] = text.split(".");
  return reduce(BigInt(whole + part), 10n ** BigInt(part.length));
};
// Below zero, zero or above zero.
export const order = ([a, b], [c, d]) => a * d - c * b;
export const plus = ([a, b], [c, d]) => reduce(a * d + c * b, b * d);
// A half goes away from zero, as in a spreadsheet.
export const round = ([n, d], digits) => {
  const parts = 10n ** BigInt(digits), whole = (2n * magnitude(n) * parts + d) / (2n * d);
  return reduce(n < 0n ? -whole : whole, parts);
};
// Beyond 10^15 a result is unknown; one with more than 10^30 parts is rounded to 30 decimals.
export const limit = (value) => {
  if (!value || magnitude(value[0]) > 10n ** 15n * value[1]) return null;
  return value[1] > 10n ** 30n ? round(value, 30) : value;
};

const minus = ([n, d]) => [-n, d];
const times = ([a, b], [c, d]) => reduce(a * c, b * d);
const operations = {
  "+": plus,
  "-": (a, b) => (b ? plus(a, minus(b)) : minus(a)),
  "*": times,
  "/": (a, [n, d]) => (n ? times(a, [d, n]) : null),
  min: (...all) => all.reduce((a, b) => (order(a, b) <= 0n ? a : b)),
  max: (...all) => all.reduce((a, b) => (order(a, b) >= 0n ? a : b)),
};
// A formula is a number as text, `[name]`, or `[sign, part, …]`; what is unknown (null) stays unknown.
export const evaluate = (formula, valueOf) => {
  if (typeof formula === "string") return fraction(formula);
  const [sign, ...rest] = formula;
  if (!rest.length) return valueOf(sign);
  const digits = sign === "round" ? rest.pop() : 0;
  const parts = rest.map((part) => evaluate(part, valueOf));
  if (parts.includes(null)) return null;
  return sign === "round" ? round(parts[0], digits) : operations[sign](...parts);
};
