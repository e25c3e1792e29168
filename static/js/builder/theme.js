// The theme page: a colour is picked or typed, and the preview is light or dark.
import { $, all } from "./dom.js";
import { reshow } from "./preview.js";

const pick = ({ target, type }) => {
  const field = target.matches("[data-colour-of]") && $(target.dataset.colourOf);
  if (!field) return;
  field.value = target.value;
  // The picker stays open until the colour is chosen.
  if (type === "change") field.dispatchEvent(new Event("input", { bubbles: true }));
};
const choose = (event) => {
  const link = event.target.closest("a[data-scheme]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  all(document, "a[data-scheme]").forEach((one) => { if (one === link) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current"); });
  reshow();
};
export const startTheme = () => {
  if (!document.querySelector("a[data-scheme]")) return;
  document.addEventListener("input", pick);
  document.addEventListener("change", pick);
  document.addEventListener("click", choose);
};
