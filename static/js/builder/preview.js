// The preview: a new state loads behind the old one and takes its place when it is there. Phone or desktop width is kept.
import { sendTo, typed } from "./answers.js";
import { $, all } from "./dom.js";

const KEY = "draft preview";
let shown = "", count = 0, other = "";

// Light or dark where the page offers both.
const inScheme = (address) => {
  const chosen = document.querySelector("a[data-scheme][aria-current]");
  return chosen ? `${address}&theme=${chosen.dataset.scheme}` : address;
};
// With answers the page is asked for by a form, which brings them along.
export const showPreview = (address, anew) => {
  const device = $("device");
  if (!device || (address === shown && !anew)) return;
  shown = address;
  const next = device.firstElementChild.cloneNode();
  next.className = "next";
  next.name = `preview-${count += 1}`;
  next.removeAttribute("src");
  device.append(next);
  next.addEventListener("load", () => {
    if (address !== shown) { next.remove(); return; }
    all(device, "iframe").forEach((old) => { if (old !== next) old.remove(); });
    next.className = "";
  });
  if (typed()) sendTo(next.name, other || address);
  else next.src = inScheme(address);
};
export const reshow = () => showPreview(shown, true);
// The page itself, or what comes after it: the result of these answers.
const showOther = (button) => {
  other = typed() ? button.dataset.show : "";
  all(document, "[data-show]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.show === other)));
  showPreview(shown, true);
};

const size = (name) => {
  all(document, "[data-size]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.size === name)));
  $("device").classList.toggle("desktop", name === "desktop");
  document.body.classList.toggle("wide-preview", name === "desktop");
  try { localStorage.setItem(KEY, name); } catch { /* blocked */ }
};
export const startPreview = () => {
  if (!$("device")) return;
  shown = $("device").dataset.src;
  const pressed = document.querySelector('[data-show][aria-pressed="true"]');
  other = pressed ? pressed.dataset.show : "";
  if (other && typed()) showPreview(shown, true);
  all(document, "[data-size]").forEach((button) => button.addEventListener("click", () => size(button.dataset.size)));
  all(document, "[data-show]").forEach((button) => button.addEventListener("click", (event) => { event.preventDefault(); showOther(button); }));
  try { if (localStorage.getItem(KEY) === "desktop") size("desktop"); } catch { /* blocked */ }
};
