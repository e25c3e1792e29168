// What was answered in the preview. It stays in the form that sends it, and for the pages of this survey in this tab.
import { $, form } from "./dom.js";

const trial = () => $("trial");
const place = () => "tried " + (form() ? form().dataset.slug : "");
const store = () => { try { sessionStorage.setItem(place(), JSON.stringify(["typed", "beside"].map((name) => trial().elements[name].value))); } catch { /* blocked */ } };
const stored = () => { try { return JSON.parse(sessionStorage.getItem(place())); } catch { return null; } };

export const typed = () => (trial() ? trial().elements.typed.value : "");
export const keepTyped = (text) => { trial().elements.typed.value = text; store(); };
// On a page that chooses between answers those that someone tried come first.
export const startAnswers = () => {
  const choice = $("answers"), kept = stored();
  if (!choice) return;
  choice.addEventListener("change", () => choice.form.submit());
  if (!kept || !kept[0]) return;
  const isAsked = new URLSearchParams(location.search).has("answers");
  choice.prepend(new Option(choice.form.dataset.tried, "", false, !isAsked));
  if (isAsked) return;
  ["typed", "beside"].forEach((name, index) => { trial().elements[name].value = kept[index]; });
};
// Those of a page of the server, with what else is known of the lead.
export const keepAnswers = (page) => {
  ["typed", "beside"].forEach((name) => { trial().elements[name].value = page.getElementById("trial").elements[name].value; });
  store();
};

// The server's page about the answers, as a document.
export const ask = async (more) => {
  const reply = await fetch(trial().action, { method: "POST", body: new URLSearchParams([...new FormData(trial()), ...Object.entries(more || {})]) });
  return reply.ok ? new DOMParser().parseFromString(await reply.text(), "text/html") : null;
};
// A page of the server with these answers, in a frame.
export const sendTo = (frame, address) => {
  const form = trial(), { action } = form;
  form.target = frame;
  form.action = address;
  form.submit();
  form.action = action;
  form.removeAttribute("target");
};
