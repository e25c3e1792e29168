// The preview: a new state loads behind the old one and takes its place when it is there. Phone or desktop width is kept.
import { $, all } from "./dom.js";

const KEY = "draft preview";
let shown = "";

export const showPreview = (address) => {
  const device = $("device");
  if (!device || address === shown) return;
  shown = address;
  const next = device.firstElementChild.cloneNode();
  next.className = "next";
  next.src = address;
  next.addEventListener("load", () => {
    if (address !== shown) { next.remove(); return; }
    all(device, "iframe").forEach((old) => { if (old !== next) old.remove(); });
    next.className = "";
  });
  device.append(next);
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
  all(document, "[data-size]").forEach((button) => button.addEventListener("click", () => size(button.dataset.size)));
  try { if (localStorage.getItem(KEY) === "desktop") size("desktop"); } catch { /* blocked */ }
};
