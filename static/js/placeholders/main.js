// Placeholders in texts, filled again when an answer changes. The words of an answer are those of the server
// (core/survey/placeholders.py); tests/browser/test_placeholders.py holds the two together. Values become text, never markup.
const form = document.forms[0];
const { lang } = document.documentElement;
const french = lang.startsWith("fr"), locale = lang === "en" ? "en-GB" : lang;
const LONGEST = 200, UNGROUPED = 10000;

const joined = (parts) => parts.join(french ? "\u202f; " : "; ");
const choiceWords = (field) => {
  const text = (field.closest("label").querySelector(".choice-text") || field.nextElementSibling).cloneNode(true);
  text.querySelector("small")?.remove();
  return text.textContent.trim();
};
const pointWords = (field, last) => {
  const label = field.closest(".listed") ? choiceWords(field) : (field.getAttribute("aria-label") || "").split(", ").slice(1).join(", ");
  return `${field.value}/${last.value}` + (label && ` (${label})`);
};
const numberWords = (field) => {
  const typed = field.value.replace(/\s/g, "").replace(",", ".");
  const unit = field.parentElement.querySelector(".unit")?.textContent;
  const digits = (typed.split(".")[1] || "").length;
  const useGrouping = !!unit || Math.abs(typed) >= UNGROUPED;
  const said = new Intl.NumberFormat(locale, { useGrouping, minimumFractionDigits: digits, maximumFractionDigits: digits }).format(typed);
  return said + (unit ? "\u00a0" + unit : "");
};
const dayWords = (value) => {
  const said = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(value));
  return french ? said.replace(/^1 /, "1er ") : said;
};
const fieldWords = (field) => {
  if ("number" in field.dataset) return numberWords(field);
  if (field.type === "date") return dayWords(field.value);
  return field.matches("textarea") ? field.value.trim() : field.value.trim().replace(/\s+/g, " ");
};
const wordsOf = (fields) => {
  const [first] = fields;
  if (first.matches("[type=radio],[type=checkbox]")) {
    const chosen = fields.filter((field) => field.checked);
    if (!chosen.length) return "";
    if (first.closest(".points")) return pointWords(chosen[0], fields[fields.length - 1]);
    return chosen[0].closest(".tick") ? "✓" : joined(chosen.map(choiceWords));
  }
  const filled = fields.filter((field) => field.value.trim() && !("untouched" in field.dataset));
  if (!filled.length) return "";
  if (!first.matches("select")) return fieldWords(first);
  const ranked = first.closest(".ranking");
  return joined(filled.map((field, nth) => (ranked ? `${nth + 1}. ` : "") + field.selectedOptions[0].text.trim()));
};
// null for what this page does not ask: the server knows it, or nobody does.
const value = (name) => {
  const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((field) => field.closest(".question"));
  if (!fields.length) return form.calculated?.(name) ?? null;
  if (!form.visible.has(fields[0].closest(".question"))) return "";
  const other = form.elements[name + ".other"]?.value.trim().replace(/\s+/g, " ");
  const words = wordsOf(fields);
  return (words && other ? `${words} – ${other}` : words).slice(0, LONGEST);
};

const PLACEHOLDER = /\{\{([\w.-]+)\|([^{}]*)\}\}/g;
const fill = () => document.querySelectorAll("[data-p],[data-t]").forEach((element) => {
  const { p, f, t } = element.dataset;
  if (t === undefined) {
    const words = value(p);
    if (words !== null) element.textContent = words || f;
    return;
  }
  const text = t.replace(PLACEHOLDER, (_, name, fallback) => value(name) || fallback);
  if (element.matches("option")) element.textContent = text;
  else element.setAttribute(element.matches("img") ? "alt" : element.matches("[type=radio]") ? "aria-label" : "placeholder", text);
});
["input", "change", "screenchange", "settle"].forEach((sign) => form.addEventListener(sign, fill));
fill();
