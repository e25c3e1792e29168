// Numbers as people type them: the same as core/base/number_notation.py and number_input.py, to the letter;
// tests/browser/test_number_notation.py compares the two. It is short because every page with a number carries it.
const ZEROS = "٠۰०০੦૦௦౦೦൦๐໐༠၀០０";
const INVISIBLE = /(?![\s\x85])[\p{Cc}\p{Cf}]/gu;
const SAME = ["-−–‐‑－﹣", "+＋", "'’‘ʼ`´′＇٬", ",，،", ".．", "%٪％﹪"];
const ascii = (sign) => {
  for (const zero of ZEROS) {
    const digit = sign.charCodeAt() - zero.charCodeAt();
    if (digit >= 0 && digit < 10) return digit;
  }
  return (SAME.find((signs) => signs.includes(sign)) || [sign])[0];
};
const plain = (text) => text.replace(INVISIBLE, "").replace(/[^ -_a-~]/gu, ascii).toLowerCase().replace(/[\s\x85]+/g, " ").trim();

const THREES = /^[1-9]\d{0,2}([ '.,])\d{3}(\1\d{3})*$/, TWOS = /^[1-9]\d?([ ',])\d\d(\1\d\d)*\1\d{3}$/;
// Each number the text can mean: none, one, or two (first with thousands, then with decimals).
const readings = (body, { number, unit = "" }) => {
  const along = unit.split("|").find((one) => one && (body.endsWith(one) || body.startsWith(one)));
  if (along) body = body.endsWith(along) ? body.slice(0, -along.length) : body.slice(along.length);
  const [, sign, rest] = /^ ?(-?)\+? ?(.*?) ?$/.exec(body.replace(/^ ?-\+/, "x"));
  const found = ["", ".", ",", "٫"].flatMap((point) => {
    let [whole, part = point, more] = point ? rest.split(point) : [rest];
    const [, group] = THREES.exec(whole) || TWOS.exec(whole) || [];
    whole = whole.split(group).join("").replace(/^0+/, "");
    const right = /^\d{0,15}$/.test(whole) && (point ? /^\d{1,30}$/.test(part) && more === undefined : rest);
    return right ? [sign + (whole || 0) + (point && "." + part)] : [];
  });
  return found[1] && body.includes(number[1]) ? [found[0]] : found;
};

const write = (text, [decimal, group]) => {
  const [whole, part = ""] = text.split("."), short = part.replace(/0+$/, "");
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (short && decimal + short + (short.length === 3 ? 0 : ""));
};

// As an integer with 30 decimals: floating point would miss a step.
const exact = (number) => {
  const [whole, part = ""] = number.split(".");
  return BigInt(whole + part.padEnd(30, "0"));
};
// Which of the field's sentences says what is wrong with a number; "" when nothing is.
const broken = (number, { min, max, step }) => {
  const value = exact(number);
  if (min && value < exact(min)) return "small";
  if (max && value > exact(max)) return "large";
  return step && (value - exact(min || "0")) % exact(step) ? "off" : "";
};

// What a text means in a field with these data attributes: the number or null, the sentence for what is wrong, and the
// number digit by digit.
export const read = (text, data) => {
  const body = plain(text);
  if (!body) return [null, ""];
  const found = readings(body, data);
  if (!found[0]) return [null, data.wrong];
  const fitting = found.filter((number) => !broken(number, data));
  if (fitting[1] && !data.thousands)
    return [null, data.unclear.replace("{low}", write(found[1], data.number)).replace("{high}", write(found[0], data.number))];
  const number = (fitting[1] && data.thousands === "no" ? found[1] : fitting[0]) || found[0], wrong = broken(number, data);
  return wrong ? [null, data[wrong]] : [+number, "", number];
};
