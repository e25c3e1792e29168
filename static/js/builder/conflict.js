// A choice between two versions that someone leaves open: their own version stays in this browser, each page of the draft
// says so, and it can be looked at again or dropped.
import { $, form } from "./dom.js";
import { onShow } from "./page.js";

const place = () => "draft conflict " + form().dataset.slug;
const read = () => { try { return JSON.parse(localStorage.getItem(place())); } catch { return null; } };
export const dropConflict = () => { try { localStorage.removeItem(place()); } catch { /* blocked */ } };
export const keepConflict = (address, body) => {
  const legend = document.querySelector("#conflict legend");
  const kept = { address, body: String(body), place: legend ? legend.textContent.trim() : "" };
  try { localStorage.setItem(place(), JSON.stringify(kept)); } catch { /* blocked */ }
};

// Without this script's request the page came as a reply to a form: our side is in its fields.
const fromPage = () => {
  const choose = $("choose"), body = new URLSearchParams();
  [...choose.elements].forEach((field) => {
    if (!field.name || (field.type === "radio" && field === choose.elements[field.name][0])) return;
    if (field.name !== "do" || field.tagName === "BUTTON") body.set(field.name, field.value);
  });
  // As it was sent: on the state that this person had seen, so that it conflicts again instead of overwriting.
  body.set("revision", choose.dataset.revision);
  return body;
};

const offer = () => {
  const kept = read(), template = $("kept-conflict");
  if (!kept || !template || $("conflict") || $("kept")) return;
  const note = template.content.cloneNode(true);
  note.querySelector("b").textContent = kept.place;
  $("notices").prepend(note);
};

export const startConflict = (send) => {
  if (!form() || !$("notices")) return;
  // Sent again it conflicts again, and is kept again; if nothing stands against it any more it is simply saved.
  const again = (kept) => { dropConflict(); send(kept.address, new URLSearchParams(kept.body)); };
  if ($("conflict")) keepConflict($("choose").action, fromPage());
  document.addEventListener("submit", (event) => { if (event.target.id === "choose") dropConflict(); });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#kept-drop, #keep-theirs")) { dropConflict(); if ($("kept")) $("kept").remove(); }
    if (!event.target.closest("#kept-show")) return;
    const kept = read(), here = new URL(kept.address, location.href), now = new URL(form().action, location.href);
    if (here.pathname + here.search === now.pathname + now.search) again(kept);
    else location.assign(here.pathname + here.search + "#conflict");
  });
  onShow(offer);
  offer();
  if (location.hash === "#conflict" && read() && !$("conflict")) again(read());
};
