// Conditions are data, with three truths: true, false, and null for unknown. The same as core/base/conditions/evaluate.py;
// tests/browser/test_same_path.py holds the two together.
const NUMBER = /^-?\d{1,30}(\.\d{1,30})?$/;
export const number = (value) => (typeof value === "number" ? value : typeof value === "string" && NUMBER.test(value) ? +value : null);

const same = (fact, value) => {
  if (typeof fact === "string" && typeof value === "string") return fact === value;
  if (typeof fact === "boolean" || typeof value === "boolean") return fact === value;
  const a = number(fact), b = number(value);
  return a !== null && b !== null ? a === b : String(fact) === String(value);
};
const shares = (fact, wanted) => [].concat(fact).some((member) => [].concat(wanted).some((value) => same(member, value)));
const order = { lt: (a, b) => a < b, lte: (a, b) => a <= b, gt: (a, b) => a > b, gte: (a, b) => a >= b };
const compare = (operator, fact, value) => {
  if (operator === "known") return (fact !== null) === value;
  if (fact === null) return null;
  if (order[operator]) {
    const a = number(fact), b = number(value);
    if (a !== null && b !== null) return order[operator](a, b);
    return a === null && b === null && typeof fact === "string" && typeof value === "string" ? order[operator](fact, value) : null;
  }
  return shares(fact, value) === (operator === "eq" || operator === "in");
};
const every = (truths) => (truths.includes(false) ? false : truths.includes(null) ? null : true);
const some = (truths) => (truths.includes(true) ? true : truths.includes(null) ? null : false);

// Of the names `ahead` nothing is known yet, not even that they have no answer.
export const holds = (condition, facts, ahead) => every(Object.entries(condition).map(([key, value]) => {
  const parts = () => value.map((part) => holds(part, facts, ahead));
  if (key === "all") return every(parts());
  if (key === "any") return some(parts());
  if (key === "not") { const inner = holds(value, facts, ahead); return inner === null ? null : !inner; }
  if (ahead?.has(key)) return null;
  const fact = facts[key] ?? null;
  return every(Object.entries(value).map(([operator, wanted]) => compare(operator, fact, wanted)));
}));
