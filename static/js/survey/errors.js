// Errors at their fields, a summary that takes the focus when there are several, and the status line.
import { $, all, fieldOf, form, make, words } from "./dom.js";

export const showError = (question, text, ...more) => {
  const group = question.matches("fieldset");
  const field = group ? question : fieldOf(question);
  const id = "wrong-" + question.dataset.name;
  all(question, ".field-error").forEach((old) => old.remove());
  if (!field) return;
  if (!group) field.removeAttribute("aria-invalid");
  // Help and limits are read out too.
  const said = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id && $(one));
  if (text) said.push(id);
  said.length ? field.setAttribute("aria-describedby", said.join(" ")) : field.removeAttribute("aria-describedby");
  if (!text) return;
  const line = make("p", { className: "field-error" + (more.length ? " hint" : ""), id }, text, ...more);
  const title = question.querySelector("legend,.title");
  title ? title.after(line) : question.prepend(line);
  if (!group && !more.length) field.setAttribute("aria-invalid", "true");
};

export const showStatus = (text, bad = true) => {
  const status = $("status");
  status.textContent = text;
  status.classList.toggle("bad", !!text && bad);
};

export const removeSummary = () => { $("summary")?.remove(); };
export const showSummary = (wrong) => {
  removeSummary();
  const list = make("ul", {}, ...wrong.map((question) => {
    const field = fieldOf(question);
    const name = question.querySelector("legend,.title,.tick span");
    const text = (name ? name.firstChild.textContent.trim() + ": " : "") + question.querySelector(".field-error").textContent;
    const link = make("a", { href: "#" + (field.id || question.id) }, text);
    link.addEventListener("click", (event) => { event.preventDefault(); field.focus(); });
    return make("li", {}, link);
  }));
  const box = make("div", { className: "summary", id: "summary", tabIndex: -1 }, make("h2", {}, words.several.replace("{n}", wrong.length)), list);
  box.setAttribute("role", "alert");
  form.before(box);
  box.focus();
  box.scrollIntoView({ block: "start" });
};
