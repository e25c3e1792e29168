// Input events: the button, the keyboard, and a tap that advances by itself.
import { $, all, announce, form } from "./dom.js";
import { changed } from "./autosave.js";
import { way } from "./endings.js";
import { showError } from "./errors.js";
import { visible } from "./path.js";
import { mailLink } from "./resume_link.js";
import { check, here, move, refresh, single } from "./screens.js";
import { submit } from "./submit.js";
import { problem } from "./validation.js";

const ADVANCE_AFTER = 260;
let advance = 0, started = false, pointed = null;

export const startInput = () => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.value === "later") { mailLink(button); return; }
    if ($("go").disabled) return;
    clearTimeout(advance);
    if (check() && !move(1)) submit();
  });

  form.addEventListener("input", ({ target: field }) => {
    if (!field.closest(".page")) return;
    if (!started) announce("started");
    started = true;
    delete field.dataset.untouched;
    const question = field.closest(".question");
    if (question?.querySelector(".field-error")) showError(question, problem(question));
    if (!single()) refresh();
    changed();
  });

  // A tap or click on a choice advances after 260 ms; keyboard and screen-reader users advance with the button.
  form.addEventListener("pointerup", (event) => { pointed = event.target.closest(".rows .row,.points label"); });
  form.addEventListener("change", ({ target: field }) => {
    const row = pointed;
    pointed = null;
    clearTimeout(advance);
    if (!row || !row.contains(field) || field.type !== "radio" || "other" in field.dataset || !single()) return;
    const from = here;
    advance = setTimeout(() => {
      if (from !== here || !check()) return;
      if (ENDINGS) { if (!move(1) && way.ends) submit(); } else move(1);
    }, ADVANCE_AFTER);
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
};
