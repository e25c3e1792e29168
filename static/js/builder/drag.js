// Dragging by the handle: questions within and between pages, answers within their table. Buttons and Alt with an arrow
// do the same.
import { all } from "./dom.js";
import { command } from "./save.js";

const rows = (list) => all(list, "[data-path]");
const under = (x, y, kind) => {
  const found = document.elementFromPoint(x, y);
  return found && found.closest(kind);
};

const start = (event) => {
  const grip = event.target.closest(".grip");
  const row = grip && grip.closest("[data-path]");
  if (!row || event.button > 0) return;
  event.preventDefault();
  const list = row.closest("[data-list]"), isAnswer = row.matches("tr");
  const before = rows(list).indexOf(row);
  let target = list;
  const move = (to) => {
    const over = under(to.clientX, to.clientY, isAnswer ? "tr.answer" : "#outline li[data-path]");
    if (!over || over === row || (isAnswer && over.parentElement !== list)) return;
    const box = over.getBoundingClientRect();
    over[to.clientY < box.top + box.height / 2 ? "before" : "after"](row);
    target = row.closest("[data-list]");
  };
  const end = () => {
    document.removeEventListener("pointermove", move);
    row.classList.remove("dragged");
    const index = rows(target).indexOf(row);
    if (target === list && index === before) return;
    command({ do: `move - ${row.dataset.path}`, to: `${target === list ? "" : target.dataset.list} ${index}` });
  };
  row.classList.add("dragged");
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end, { once: true });
  document.addEventListener("pointercancel", end, { once: true });
};

export const startDragging = () => document.addEventListener("pointerdown", start);
