// Numbers as people type them: the same as core/base/number_notation.py and number_input.py, to the letter;
// tests/browser/test_number_notation.py compares the two.
const ZEROS = "0٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀០᠐０";
const SAME = { "-": "−–‐‑－﹣", "+": "＋", "'": "’‘ʼ`´′＇٬", ",": "，،", ".": "．", "%": "٪％﹪" };
const INVISIBLE = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const table = {};
for (const sign in SAME) for (const other of SAME[sign]) table[other] = sign;
for (const zero of ZEROS) for (let digit = 0; digit < 10; digit++) table[String.fromCharCode(zero.charCodeAt() + digit)] = "" + digit;

export const plain = (text) => text.replace(INVISIBLE, "").replace(/./gsu, (sign) => table[sign] ?? sign).toLowerCase().replace(/[\s\x85]+/g, " ").replace(/^ | $/g, "");

const THREES = /^[1-9]\d{0,2}([ '.,])\d{3}(?:\1\d{3})*$/, TWOS = /^[1-9]\d?(?:([ ',])\d{2})(?:\1\d{2})*\1\d{3}$/;
const LARGEST = 10n ** 15n;
// A number as an integer of this many decimals: floating point would miss a step.
const exact = (number, places) => {
  const [whole, part = ""] = number.split(".");
  return BigInt(whole + part.padEnd(places, "0"));
};
const decimals = (number = "") => (number.split(".")[1] || "").length;
const inRange = (number) => number.length < 62 && decimals(number) <= 30 && exact(number, 30) <= LARGEST * 10n ** 30n;

// Each number the text can mean: none, one, or two (first with thousands, then with decimals).
const readings = (text, group, units) => {
  let body = plain(text);
  const unit = units.find((one) => body.endsWith(one) || body.startsWith(one));
  if (unit) body = (body.endsWith(unit) ? body.slice(0, -unit.length) : body.slice(unit.length)).trim();
  const sign = body[0] === "-" ? "-" : "";
  if (/^[+-]/.test(body)) body = body.slice(1).trim();
  const found = [];
  for (const point of ["", ".", ",", "٫"]) {
    const at = point ? body.lastIndexOf(point) : body.length;
    const part = body.slice(at + 1);
    if (at < 0 || (point && (body.indexOf(point) < at || !/^\d+$/.test(part)))) continue;
    let whole = body.slice(0, at);
    const grouped = THREES.exec(whole) || TWOS.exec(whole);
    if (grouped && grouped[1] !== point) whole = whole.split(grouped[1]).join("");
    const number = (whole.replace(/^0+/, "") || "0") + (point && "." + part);
    if (/^\d*$/.test(whole) && (whole || point) && inRange(number)) found.push(sign + number);
  }
  return found.length > 1 && body.includes(group) ? found.slice(0, 1) : found;
};

const write = (number, [decimal, group]) => {
  let [whole, part = ""] = number.split(".");
  part = part.replace(/0+$/, "");
  if (part.length === 3) part += "0";
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (part && decimal + part);
};

// Which of the field's limits a number breaks: the name of the sentence that says so, "" for none.
const broken = (number, { min, max, step }) => {
  const places = Math.max(...[number, min, max, step].map((one) => decimals(one)));
  const value = exact(number, places);
  if (min && value < exact(min, places)) return "small";
  if (max && value > exact(max, places)) return "large";
  return step && (value - exact(min || "0", places)) % exact(step, places) ? "step" : "";
};

// What a text means in a field with these data attributes: the number, or null and what is wrong ("" for nothing typed).
export const read = (text, data) => {
  if (!plain(text)) return { number: null, wrong: "" };
  const found = readings(text, data.number[1], data.unit ? data.unit.split("|") : []);
  if (!found.length) return { number: null, wrong: "number" };
  const fitting = found.filter((number) => !broken(number, data));
  let [number] = fitting.length ? fitting : found;
  if (fitting.length > 1) {
    if (!data.thousands) return { number: null, wrong: "unclear", low: write(found[1], data.number), high: write(found[0], data.number) };
    if (data.thousands === "no") [, number] = found;
  }
  const wrong = broken(number, data);
  return wrong ? { number: null, wrong } : { number, wrong };
};
