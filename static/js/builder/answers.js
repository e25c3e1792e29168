// What was answered in the preview. It stays in the form that sends it, in this page alone.
import { $ } from "./dom.js";

const trial = () => $("trial");
export const typed = () => trial().elements.typed.value;
export const keepTyped = (text) => { trial().elements.typed.value = text; };
// Those of a page of the server, with what else is known of the lead.
export const keepAnswers = (page) => ["typed", "beside"].forEach((name) => {
  trial().elements[name].value = page.getElementById("trial").elements[name].value;
});

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
