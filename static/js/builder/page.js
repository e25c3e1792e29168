// Showing a new state of the page, which the server renders as a whole: parts without fields are replaced, fields keep
// what is being typed, and the focus stays where it is.
import { $, all, form, named } from "./dom.js";
import { showPreview } from "./preview.js";

const PARTS = ["survey-bar", "outline", "notices", "effect"];
const LISTENERS = [];
export const onShow = (listen) => LISTENERS.push(listen);

const place = () => {
  const active = document.activeElement;
  if (!active || active === document.body) return null;
  const range = "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  return { id: active.id, name: active.name, value: active.value, href: active.getAttribute("href"), range };
};
const isShown = (one) => one.getClientRects().length > 0;
const refocus = (kept) => {
  if (!kept) return;
  const found = (kept.id && $(kept.id)) || all(document, "[name],[href]").filter(isShown).find((one) =>
    kept.href ? one.getAttribute("href") === kept.href : one.name === kept.name && (one.tagName !== "BUTTON" || one.value === kept.value));
  if (found && found !== document.activeElement) {
    found.focus({ preventScroll: true });
    if (kept.range && kept.range[0] !== null && found.setSelectionRange) found.setSelectionRange(...kept.range);
  }
  // What had the focus is gone: the part of the page it stood in has it, so that nobody starts again at the top.
  const pane = $("question");
  if (document.activeElement === document.body && pane) {
    pane.tabIndex = -1;
    pane.focus({ preventScroll: true });
  }
};

const replace = (id, fresh) => {
  const old = $(id), next = fresh.getElementById(id);
  if (!old || !next || old.outerHTML === next.outerHTML) return;
  const open = all(old, "details[open]").map((one) => one.id), top = old.scrollTop;
  old.replaceWith(document.adoptNode(next));
  open.forEach((one) => one && $(one) && $(one).setAttribute("open", ""));
  next.scrollTop = top;
};

// What is announced: the step that undo would take back, and how many problems there are.
const news = () => ({ step: $("undo") ? $("undo").getAttribute("aria-label") : "", count: $("problems") ? $("problems").dataset.count : "" });

const retype = (typed) => {
  typed.forEach((value, name) => named(name).forEach((field) => {
    if (["checkbox", "radio"].includes(field.type)) field.checked = value.includes(field.value);
    else field.value = value[value.length - 1];
  }));
};

// A page of many parts gets those that are different.
const replaceParts = (next, fresh) => {
  replace("notices", fresh);
  all(next, "[data-part]").forEach((part) => replace(part.id, fresh));
  ["revision", "key"].forEach((name) => { form().elements[name].value = next.querySelector("#form").elements[name].value; });
};

// The question's form: replaced where its fields are others than before; what is typed since stays.
const replaceForm = (fresh, typed) => {
  const pane = $("question"), next = fresh.getElementById("question");
  if (!pane || !next) return;
  if ("only" in next.dataset) {
    replaceParts(next, fresh);
    retype(typed);
    return;
  }
  const nameOf = (summary) => summary.parentElement.id || summary.textContent;
  const opened = all(pane, "details[open] > summary").map(nameOf);
  const top = pane.scrollTop;
  pane.replaceWith(document.adoptNode(next));
  all(next, "details > summary").forEach((one) => { if (opened.includes(nameOf(one))) one.parentElement.open = true; });
  next.scrollTop = top;
  retype(typed);
};

export const show = (html, typed) => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  if (!fresh.getElementById("question")) return false;
  const kept = place(), before = news();
  PARTS.filter((id) => id !== "notices").forEach((id) => replace(id, fresh));
  replaceForm(fresh, typed);
  document.title = fresh.title;
  refocus(kept);
  const device = fresh.getElementById("device");
  if (device) showPreview(device.dataset.src);
  const after = news();
  if (before.count !== after.count || before.step !== after.step) $("news").textContent = [after.step !== before.step && after.step, before.count !== after.count && after.count].filter(Boolean).join(". ");
  LISTENERS.forEach((listen) => listen());
  return true;
};

// What the fields say now, by name; a checkbox is there with or without its tick.
export const values = (names) => {
  const body = new URLSearchParams();
  const all_ = new FormData(form());
  names.forEach((name) => {
    const given = all_.getAll(name);
    (given.length ? given : [""]).forEach((value) => body.append(name, value));
  });
  return body;
};
