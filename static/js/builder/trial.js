// The panel beside the preview: what the answers come to, after each answer and each change of the draft. One request at
// a time; what was answered meanwhile is asked next.
import { $, all } from "./dom.js";
import { ask, keepAnswers, keepTyped, typed } from "./answers.js";
import { onShow } from "./page.js";
import { showPreview } from "./preview.js";

const PAUSE = 40;
let busy = false, again = false, timer = 0;

const replace = (id, fresh) => {
  const old = $(id), next = fresh.getElementById(id);
  if (!next || old.outerHTML === next.outerHTML) return;
  const open = all(old, "details[open]").map((one) => one.id), top = old.scrollTop;
  const at = old.contains(document.activeElement) && document.activeElement.closest("[id]").id;
  const says = next.dataset.says !== old.dataset.says && next.dataset.says;
  old.replaceWith(document.adoptNode(next));
  open.forEach((id) => { if ($(id)) $(id).open = true; });
  next.scrollTop = top;
  if (at && $(at)) ($(at).querySelector("summary") || $(at)).focus({ preventScroll: true });
  if (says) $("news").textContent = says;
};
const show = (fresh) => ["ways", "why"].forEach((id) => replace(id, fresh));

const refresh = async () => {
  if (busy) { again = true; return; }
  busy = true;
  again = false;
  try {
    const fresh = await ask();
    if (fresh) show(fresh);
  } catch { /* without a connection the last figures stay */ }
  busy = false;
  if (again) refresh();
};
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, PAUSE);
};

// A button asks for other answers: those of a way, or none. The preview shows them.
const onSubmit = async (event) => {
  const button = event.submitter;
  if (event.target.id !== "trial" || !button || button.hasAttribute("formaction")) return;
  event.preventDefault();
  const fresh = await ask({ [button.name]: button.value }).catch(() => null);
  if (!fresh) return;
  keepAnswers(fresh);
  show(fresh);
  const note = $("trial-note");
  if (note) $("news").textContent = note.textContent;
  showPreview($("device").dataset.src, true);
};

// Only the frame that is shown may say what was answered, and it has no origin.
const onMessage = ({ source, origin, data }) => {
  const frame = document.querySelector("#device iframe:not(.next)");
  if (!frame || source !== frame.contentWindow || origin !== "null" || data.type !== "answers") return;
  const text = JSON.stringify(data.typed);
  if (text === typed()) return;
  keepTyped(text);
  soon();
};

export const startTrial = () => {
  if (!$("trial")) return;
  if (typed()) soon();
  addEventListener("message", onMessage);
  document.addEventListener("submit", onSubmit);
  onShow(() => { if (typed()) soon(); });
};
