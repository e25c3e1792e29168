// Rows of a condition move between its groups: by the handle, or by Alt with an arrow to the right or left.
import { all } from "./dom.js";
import { onShow } from "./page.js";
import { command } from "./save.js";

let moved = null;

const whole = (part) => part.closest("[data-whole]");
const move = (path, name, act) => {
  moved = { path, name };
  command({ do: `rule ${act} ${path}` });
};
// The focus stays on the row that has moved.
const follow = () => {
  const row = moved && all(document, ".rule[data-name]").find((one) => one.dataset.name === moved.name && whole(one).dataset.whole === moved.path);
  moved = null;
  const field = row && row.querySelector("select");
  if (field) field.focus();
};

const onKey = (event) => {
  const row = event.target.closest(".rule[data-name]");
  const isMove = event.altKey && (event.key === "ArrowRight" || event.key === "ArrowLeft");
  if (!row || !isMove || event.target.matches("input:not([type=checkbox])")) return;
  event.preventDefault();
  const act = event.key === "ArrowRight" ? "in" : "out";
  if (row.querySelector(`button[value^="rule ${act}:"]`)) move(whole(row).dataset.whole, row.dataset.name, `${act}:${row.dataset.rule}`);
};

// The page may be shown anew while a row is dragged: places are compared by their names, not by their elements.
const start = (event) => {
  const grip = event.target.closest(".rule-grip");
  const row = grip && grip.closest(".rule");
  if (!row || event.button > 0) return;
  event.preventDefault();
  const path = whole(row).dataset.whole, own = row.parentElement.dataset.rule;
  let target = null;
  const choose = (group) => {
    if (target) target.classList.remove("target");
    target = group;
    if (target) target.classList.add("target");
  };
  const over = (to) => {
    const found = document.elementFromPoint(to.clientX, to.clientY);
    const group = found && found.closest(".rules");
    choose(group && whole(group).dataset.whole === path && group.dataset.rule !== own ? group : null);
  };
  const end = (last) => {
    document.removeEventListener("pointermove", over);
    row.classList.remove("dragged");
    const to = target;
    choose(null);
    if (to && last.type === "pointerup") move(path, row.dataset.name, `to:${row.dataset.rule}>${to.dataset.rule}`);
  };
  row.classList.add("dragged");
  document.addEventListener("pointermove", over);
  document.addEventListener("pointerup", end, { once: true });
  document.addEventListener("pointercancel", end, { once: true });
};

export const startConditions = () => {
  document.addEventListener("pointerdown", start);
  document.addEventListener("keydown", onKey);
  onShow(() => { if (moved) follow(); });
};
