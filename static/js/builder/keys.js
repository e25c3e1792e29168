// Keys: N adds a question, arrows walk through the outline, Alt and an arrow moves, Enter in the last answer adds one, F8 goes to the next
// problem, Ctrl Z and Ctrl Shift Z undo and redo what is saved.
import { $, all, form } from "./dom.js";
import { command } from "./save.js";

const lines = () => all(document, "#outline a:not(.btn)");
const walk = (by) => {
  const found = lines(), at = found.indexOf(document.activeElement);
  const next = found[at + by];
  if (next) next.focus();
};
const moveLine = (event) => {
  const line = event.target.closest("#outline li[data-path], tr.answer[data-path]");
  const path = line ? line.dataset.path : event.target.closest("#question") && form() ? form().dataset.at : "";
  if (!path || !path.startsWith("pages/")) return;
  event.preventDefault();
  command({ do: `${event.key === "ArrowUp" ? "up" : "down"} - ${path}` });
};
const nextProblem = () => {
  const notes = all(document, "#question .note[id]"), at = notes.findIndex((note) => note.contains(document.activeElement));
  const note = notes[at + 1] || notes[0];
  if (note) {
    note.tabIndex = -1;
    note.focus();
  } else {
    const first = document.querySelector(".problem-list a");
    if (first) location.assign(first.href);
  }
};
const addAnswer = (event) => {
  const row = event.target.closest("tr.answer");
  const rows = all(document, "tr.answer");
  if (!row) return;
  event.preventDefault();
  const next = rows[rows.indexOf(row) + 1];
  if (next) next.querySelector("textarea").focus();
  else if (event.target.value.trim()) command({ do: `add - ${row.parentElement.dataset.list}` });
};
// After the question in focus in the outline, else after the one that is open.
const addQuestion = (target) => {
  const link = target.closest("#outline li[data-path] a") || document.querySelector("#outline li.now a, #outline h2 a[aria-current]");
  if (!link) return;
  const address = new URL(link.href);
  address.searchParams.set("add", "1");
  location.assign(address);
};
// Whoever comes to a question without words begins with them.
const beginWriting = () => {
  const title = document.querySelector("#question .title");
  if (title && !title.value && document.activeElement === document.body && matchMedia("(min-width: 901px)").matches) title.focus();
};
const typing = (target) => target.matches("input:not([type=checkbox]),textarea,select");

const onKey = (event) => {
  const target = event.target;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) moveLine(event);
  else if (event.key === "F8") { event.preventDefault(); nextProblem(); }
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing(target)) {
    event.preventDefault();
    const button = $(event.shiftKey ? "redo" : "undo");
    if (button && !button.disabled) button.click();
  } else if (event.key === "Enter" && !event.shiftKey && target.matches("tr.answer .c-text textarea")) addAnswer(event);
  else if (event.key === "Enter" && target.matches("#form input")) { event.preventDefault(); target.blur(); target.focus(); }
  else if (target.matches("#outline a") && (event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
    event.preventDefault();
    walk(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key.toLowerCase() === "n" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(target) && $("outline")) addQuestion(target);
  else if (event.key === "Escape" && $("problems-box") && $("problems-box").open) {
    $("problems-box").open = false;
    $("problems").focus();
  }
};

export const startKeys = () => {
  beginWriting();
  document.addEventListener("keydown", onKey);
};
