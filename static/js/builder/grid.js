// The scoring grid by keyboard and mouse: arrows walk over the cells, Enter opens one in place, Delete clears, copy and
// paste work on one cell or a column. A changed cell becomes a hidden field of the form, which is saved like any other.
import { $, all } from "./dom.js";
import { onShow } from "./page.js";

const CELL = "td[data-name]";
let here = "", anchor = "", editing = null;
const closed = new Set();

const cells = () => all($("grid"), CELL).filter((cell) => cell.offsetParent);
const box = (cell) => [cell.parentElement.rowIndex, cell.cellIndex];
const column = (cell) => cells().filter((one) => one.cellIndex === cell.cellIndex);
const templateOf = (cell) => all($("grid-options"), "template").find((one) => one.dataset.options === cell.dataset.options);
const labels = (cell) => all(templateOf(cell).content, "option").map((one) => [one.value, one.textContent]);
const bare = (text) => text.replace(/ · [^·]*$/, "").trim();

const focus = (cell) => {
  if (!cell) return;
  all($("grid"), `${CELL}[tabindex="0"]`).forEach((one) => { one.tabIndex = -1; });
  cell.tabIndex = 0;
  here = cell.id;
  cell.focus();
};
// From the anchor to the cell in focus, within its column.
const chosen = (cell) => {
  const first = anchor && $(anchor);
  if (!first || first.cellIndex !== cell.cellIndex) return [cell];
  const list = column(cell), ends = [list.indexOf(first), list.indexOf(cell)].sort((a, b) => a - b);
  return list.slice(ends[0], ends[1] + 1);
};
const mark = (cell) => {
  all($("grid"), ".chosen").forEach((one) => one.classList.remove("chosen"));
  const list = chosen(cell);
  if (list.length > 1) list.forEach((one) => one.classList.add("chosen"));
};

const textOf = (cell, value) => {
  const found = cell.dataset.options && labels(cell).find(([one]) => one === value);
  return found && value ? bare(found[1]) : value;
};
// The cell shows the new value at once; the server's row takes its place when it is saved.
const write = (cell, value) => {
  if (value === cell.dataset.value && !cell.querySelector("input[type=hidden]")) { close(cell); return; }
  const field = document.createElement("input"), shown = document.createElement("span");
  field.type = "hidden";
  field.name = cell.dataset.name;
  field.value = value;
  shown.className = "inside";
  shown.textContent = textOf(cell, value);
  cell.replaceChildren(shown, field);
  cell.dataset.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
const close = (cell) => {
  const kept = editing;
  editing = null;
  if (kept && kept.id === cell.id) cell.replaceChildren(...kept.nodes);
};
const finish = (cell, value, next) => {
  const kept = editing;
  close(cell);
  if (kept) write(cell, value);
  focus(next || cell);
};

const open = (cell, typed) => {
  if (editing) return;
  const list = cell.dataset.options, input = document.createElement(list ? "select" : "input");
  input.className = "in";
  input.setAttribute("aria-label", cell.getAttribute("aria-label"));
  if (list) {
    input.append(templateOf(cell).content.cloneNode(true));
    if (!labels(cell).some(([value]) => value === cell.dataset.value)) input.append(new Option(cell.dataset.value, cell.dataset.value));
  }
  input.value = typed && !list ? typed : cell.dataset.value;
  editing = { id: cell.id, nodes: [...cell.childNodes], value: input.value };
  cell.replaceChildren(input);
  input.focus();
  if (!list && !typed) input.select();
  if (list && input.showPicker) { try { input.showPicker(); } catch { /* needs a press of a person */ } }
  input.addEventListener("input", (event) => { event.stopPropagation(); if (editing) editing.value = input.value; });
  input.addEventListener("change", (event) => { event.stopPropagation(); if (list && editing) finish(cell, input.value); });
  input.addEventListener("keydown", (event) => onEditKey(event, cell, input));
  input.addEventListener("blur", () => setTimeout(() => {
    if (!editing || editing.id !== cell.id || !input.isConnected) return;
    const kept = editing.value;
    close(cell);
    write(cell, kept);
  }));
};
const onEditKey = (event, cell, input) => {
  event.stopPropagation();
  const list = column(cell), below = list[list.indexOf(cell) + 1];
  if (event.key === "Escape") { event.preventDefault(); close(cell); focus(cell); }
  else if (event.key === "Enter") { event.preventDefault(); finish(cell, input.value, input.tagName === "SELECT" ? cell : below); }
  else if (event.key === "Tab") { event.preventDefault(); finish(cell, input.value, beside(cell, event.shiftKey ? -1 : 1)); }
};

const beside = (cell, by) => {
  const list = cells();
  return list[list.indexOf(cell) + by];
};
const step = (cell, key) => {
  const [row, at] = box(cell);
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const line = all(cell.parentElement, CELL), next = line[line.indexOf(cell) + (key === "ArrowLeft" ? -1 : 1)];
    return next;
  }
  const rows = cells().filter((one) => (key === "ArrowUp" ? box(one)[0] < row : box(one)[0] > row));
  const nearest = (list) => (key === "ArrowUp" ? list[list.length - 1] : list[0]);
  return nearest(rows.filter((one) => one.cellIndex === at)) || null;
};
const onKey = (event) => {
  const cell = event.target.closest(CELL);
  if (!cell || event.target !== cell) return;
  const key = event.key;
  if (key.startsWith("Arrow") && !event.altKey && !event.ctrlKey) {
    event.preventDefault();
    const next = step(cell, key), stays = event.shiftKey && (key === "ArrowUp" || key === "ArrowDown");
    if (stays && !anchor) anchor = cell.id;
    if (!stays) anchor = "";
    focus(next);
    mark(next || cell);
  } else if (key === "Enter" || key === "F2") { event.preventDefault(); open(cell); }
  else if (key === "Delete" || key === "Backspace") { event.preventDefault(); chosen(cell).forEach((one) => write(one, "")); }
  else if (key === "Home" || key === "End") { event.preventDefault(); const list = column(cell); focus(list[key === "Home" ? 0 : list.length - 1]); }
  else if (key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && key !== " ") { event.preventDefault(); open(cell, key); }
};

const onCopy = (event) => {
  const cell = document.activeElement.closest && document.activeElement.closest(CELL);
  if (!cell || document.activeElement !== cell) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", chosen(cell).map((one) => textOf(one, one.dataset.value)).join("\n"));
};
// A list is matched by its words or its names; what fits none is written as it is, and the checks say so.
const meant = (cell, text) => {
  const typed = text.trim();
  if (!cell.dataset.options || !typed) return typed;
  const small = typed.toLowerCase();
  const found = labels(cell).find(([value, label]) => value && (value.toLowerCase() === small || label.toLowerCase() === small || bare(label).toLowerCase() === small));
  return found ? found[0] : typed;
};
const onPaste = (event) => {
  const cell = document.activeElement.closest && document.activeElement.closest(CELL);
  if (!cell || document.activeElement !== cell) return;
  event.preventDefault();
  const lines = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const range = chosen(cell), from = range[0];
  const targets = range.length > 1 && lines.length === 1 ? range : column(from).slice(column(from).indexOf(from));
  const one = lines.length === 1 && range.length > 1;
  (one ? targets : targets.slice(0, lines.length)).forEach((target, at) => {
    const words = one ? lines[0] : lines[at], line = all(target.parentElement, CELL);
    words.forEach((word, by) => { const to = line[line.indexOf(target) + by]; if (to) write(to, meant(to, word)); });
  });
};

const fold = (body, shut) => {
  body.classList.toggle("closed", shut);
  const button = body.querySelector(".fold");
  if (button) button.setAttribute("aria-expanded", String(!shut));
  closed[shut ? "add" : "delete"](body.id);
};
const bodies = () => all($("grid"), "tbody[data-path]");
const foldAll = (shut) => {
  bodies().forEach((body) => fold(body, shut));
  const button = $("fold-all");
  button.textContent = shut ? button.dataset.open : button.dataset.close;
  button.setAttribute("aria-pressed", String(shut));
};
const onClick = (event) => {
  const button = event.target.closest(".fold"), cell = event.target.closest(CELL);
  if (button) { const body = button.closest("tbody"); fold(body, !body.classList.contains("closed")); return; }
  if (event.target.closest("#fold-all")) { foldAll($("fold-all").getAttribute("aria-pressed") !== "true"); return; }
  if (!cell || event.target.closest(".in")) return;
  const was = document.activeElement === cell;
  anchor = "";
  focus(cell);
  mark(cell);
  if (was || event.detail > 1 || matchMedia("(max-width: 900px)").matches) open(cell);
};

let asked = 0;
const reach = () => {
  clearTimeout(asked);
  const totals = $("totals");
  if (!totals || "searched" in totals.dataset) return;
  asked = setTimeout(async () => {
    const reply = await fetch(totals.dataset.reach).catch(() => null);
    if (!reply || !reply.ok) return;
    const found = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("totals");
    if (found && $("totals") === totals) totals.replaceWith(document.adoptNode(found));
  }, 500);
};
const shown = () => {
  const lost = editing;
  bodies().forEach((body) => { if (closed.has(body.id)) fold(body, true); });
  if (lost && !document.querySelector("#grid td .in:not([name])")) {
    editing = null;
    const cell = $(lost.id);
    if (cell) { open(cell); const input = cell.querySelector(".in"); input.value = lost.value; }
  }
  const cell = $(here) || cells()[0];
  if (cell) cell.tabIndex = 0;
  reach();
};

export const startGrid = () => {
  if (!$("grid")) return;
  const grid = $("question");
  grid.addEventListener("keydown", onKey);
  grid.addEventListener("click", onClick);
  document.addEventListener("copy", onCopy);
  document.addEventListener("paste", onPaste);
  onShow(shown);
  if (matchMedia("(max-width: 900px)").matches && bodies().length > 1) { foldAll(true); fold(bodies()[0], false); }
  shown();
};
