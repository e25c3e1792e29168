// Hands: the button, the keyboard, and a touch that goes on by itself.
import { $, all, announce, form } from "./page.js";
import { visible } from "./answers.js";
import { mark, mistake } from "./mistakes.js";
import { check, here, move, refresh, single } from "./screens.js";
import { send } from "./sending.js";
import { later, touched } from "./keeping.js";
import { answered } from "./controls.js";

const A_BREATH = 260;
let pressed = 0, started = false;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (button && button.value === "later") { later(button); return; }
  if ($("go").disabled) return;
  clearTimeout(pressed);
  if (check() && !move(1)) send();
});

form.addEventListener("input", ({ target: field }) => {
  if (!field.closest(".page")) return;
  if (!started) announce("started");
  started = true;
  answered(field);
  const question = field.closest(".question");
  if (question && question.querySelector(".wrong")) mark(question, mistake(question));
  if (!single()) refresh();
  touched();
});

// Who points goes on after a breath; who types, reads aloud or only tabs through decides with the button.
let pointed = null;
form.addEventListener("pointerup", (event) => { pointed = event.target.closest(".rows .row,.points label"); });
form.addEventListener("change", ({ target: field }) => {
  const row = pointed;
  pointed = null;
  clearTimeout(pressed);
  if (!row || !row.contains(field) || field.type !== "radio" || "other" in field.dataset || !single()) return;
  const from = here;
  pressed = setTimeout(() => { if (from === here && check()) move(1); }, A_BREATH);
});

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  pointed = null;
  if (target.name === "later") {
    if (key === "Enter") { event.preventDefault(); form.requestSubmit(form.querySelector("[value=later]")); }
    return;
  }
  if (key === "Enter" && !target.matches("textarea,button,a,summary")) { event.preventDefault(); form.requestSubmit(); return; }
  const typing = target.matches("input:not([type=radio],[type=checkbox]),select,textarea,button,a,summary");
  if (typing || key.length > 1 || here.section.matches(".contact")) return;
  const active = target.closest(".question") || here.questions.find((question) => visible.has(question));
  if (!active) return;
  const nth = /[1-9]/.test(key) ? key - 1 : key.toUpperCase().charCodeAt(0) - 65;
  const chosen = all(active, ".rows input")[nth] || all(active, ".points input").find((input) => input.value === key);
  if (!chosen) return;
  event.preventDefault();
  chosen.focus();
  chosen.click();
});
