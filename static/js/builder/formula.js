// Names are completed in formulas: the part of a name before the cursor, or of what it stands for, is looked for among
// those that the formula can use. Arrows choose, Enter puts the name in, Escape closes the list.
import { $, all } from "./dom.js";
import { onShow } from "./page.js";

const MOST = 8, ID = "formula-list";
// `isWanted`: whether the list belongs there, so that a saved page that takes the place of this one shows it again.
let chosen = -1, isWanted = false;

const isFormula = (field) => field && field.matches && field.matches("input[data-formula]");
const started = (field) => field.value.slice(0, field.selectionStart).match(/[A-Za-z_][\w.]*$/);
const word = (field) => { const found = started(field); return found ? found[0] : ""; };
const known = (field) => all(document, "#formula-names li").filter((line) => !line.dataset.order || Number(line.dataset.order) < Number(field.dataset.formula));

// Names that begin so come before those whose words only hold it.
const fitting = (field, wanted) => {
  const low = wanted.toLowerCase(), plain = low.replace(/_/g, " ");
  const begins = (line) => line.dataset.name.toLowerCase().startsWith(low);
  const found = known(field).filter((line) => begins(line) || line.textContent.toLowerCase().includes(plain));
  return [...found.filter(begins), ...found.filter((line) => !begins(line))].slice(0, MOST);
};

const close = (field) => {
  if ($(ID)) $(ID).remove();
  chosen = -1;
  if (!isFormula(field)) return;
  field.setAttribute("aria-expanded", "false");
  ["aria-activedescendant", "aria-controls"].forEach((name) => field.removeAttribute(name));
};
const choose = (field, index) => {
  const options = all($(ID), "[role=option]");
  chosen = (index + options.length) % options.length;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  options[chosen].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", options[chosen].id);
};
const open = (field) => {
  const wanted = word(field), found = fitting(field, wanted);
  close(field);
  if (!found.length || (found.length === 1 && found[0].dataset.name === wanted)) return;
  const list = document.createElement("ul");
  Object.assign(list, { id: ID, role: "listbox", ariaLabel: $("formula-names").querySelector("summary").textContent });
  found.forEach((line, index) => {
    const option = document.createElement("li");
    Object.assign(option, { id: `${ID}-${index}`, role: "option", ariaSelected: "false" });
    option.dataset.name = line.dataset.name;
    option.append(...[...line.childNodes].map((node) => node.cloneNode(true)));
    list.append(option);
  });
  isWanted = true;
  field.after(list);
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-controls", ID);
};
const leave = (field) => {
  close(field);
  isWanted = false;
};
const put = (field, name) => {
  const end = field.selectionStart, from = end - word(field).length;
  field.setRangeText(name, from, end, "end");
  close(field);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  leave(field);
};

const onKey = (event) => {
  const field = event.target, { key } = event;
  if (!isFormula(field) || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key], list = $(ID);
  if (step && !event.altKey) {
    if (!list) open(field);
    if ($(ID)) choose(field, chosen < 0 && step < 0 ? -1 : chosen + step);
  } else if (list && key === "Enter" && chosen >= 0) put(field, list.children[chosen].dataset.name);
  else if (list && key === "Escape") leave(field);
  else return;
  event.preventDefault();
  event.stopPropagation();
};
const dress = () => all(document, "input[data-formula]").forEach((field) => {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
});

export const startFormulas = () => {
  dress();
  onShow(() => {
    const field = document.activeElement, at = chosen;
    dress();
    isWanted = isWanted && isFormula(field);
    if (isWanted) open(field);
    if ($(ID) && at >= 0) choose(field, at);
  });
  document.addEventListener("input", ({ target }) => {
    if (isFormula(target) && word(target)) open(target);
    else if (isFormula(target)) leave(target);
  });
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("focusout", (event) => {
    if (!isFormula(event.target)) return;
    // A field that a saved page takes the place of leaves for nothing else.
    if (event.relatedTarget) leave(event.target);
    else close(event.target);
  });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest(`#${ID} [role=option]`);
    if (!option) return;
    event.preventDefault();
    put(option.parentElement.previousElementSibling, option.dataset.name);
  });
};
