// What is wrong, said at the field, and a summary that takes the focus when there are several.
import { $, all, form, make, words } from "./page.js";
import { answer } from "./answers.js";
import { number } from "./conditions.js";

export const mark = (question, text, ...more) => {
  const group = question.matches("fieldset");
  const field = group ? question : question.querySelector("input,select,textarea");
  const id = "wrong-" + question.dataset.name;
  all(question, ".wrong").forEach((old) => old.remove());
  if (!field) return;
  if (!group) field.removeAttribute("aria-invalid");
  // Help and limits are read out too.
  const said = (field.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id && $(one));
  if (text) said.push(id);
  said.length ? field.setAttribute("aria-describedby", said.join(" ")) : field.removeAttribute("aria-describedby");
  if (!text) return;
  const line = make("p", { className: more.length ? "wrong hint" : "wrong", id }, text, ...more);
  const title = question.querySelector("legend,.title");
  title ? title.after(line) : question.prepend(line);
  if (!group && !more.length) field.setAttribute("aria-invalid", "true");
};

// Something is there, but it is no answer. Whether it had to be there is `missing`.
export const wrongWith = (question) => {
  const group = question.querySelector(".several");
  const ticked = group ? all(group, ":checked").length : 0;
  if (ticked && ticked < (group.dataset.min || 0) && !question.querySelector("[data-alone]:checked")) return words.few.replace("{n}", group.dataset.min);
  if (group && group.dataset.max && ticked > group.dataset.max) return words.many.replace("{n}", group.dataset.max);
  const places = all(question, ".ranking select").map((place) => place.value);
  const ranked = places.filter(Boolean);
  if (ranked.length && (ranked.length < places.length || new Set(ranked).size < ranked.length)) return words.rank;
  const wrong = all(question, "[data-wrong]").find((field) => field.value.trim() && !(field.checkValidity() && sound(field)));
  return wrong ? wrong.dataset.wrong : "";
};
const sound = ({ value, dataset }) => {
  if (!("number" in dataset)) return true;
  const typed = value.replace(/\s/g, "");
  const amount = /^-?[1-9]\d{0,2},\d{3}$/.test(typed) ? null : number(typed.replace(",", "."));
  const steps = (amount - (dataset.min || 0)) / (dataset.step || amount || 1);
  return amount !== null && !(amount < dataset.min) && !(amount > dataset.max) && Math.abs(steps - Math.round(steps)) < 1e-9;
};

export const missing = (question) => {
  if (!("required" in question.dataset)) return "";
  const fields = all(question, "input,select,textarea").filter((field) => !field.name.endsWith(".other"));
  if (!fields.length) return "";
  const lines = all(question, ".line");
  const given = lines.length ? lines.every((line) => line.querySelector(":checked")) : fields.some((field) => answer(field.name) !== null);
  return given ? "" : question.matches("fieldset") || fields[0].matches("select") ? words.choose : words.fill;
};
export const mistake = (question) => wrongWith(question) || missing(question);

export const tell = (text, bad = true) => {
  const told = $("told");
  told.textContent = text;
  told.classList.toggle("bad", !!text && bad);
};

export const unsummarise = () => { const old = $("summary"); if (old) old.remove(); };
export const summarise = (wrong) => {
  unsummarise();
  const list = make("ul", {}, ...wrong.map((question) => {
    const field = question.querySelector("input,select,textarea");
    const name = question.querySelector("legend,.title,.tick span");
    const text = (name ? name.firstChild.textContent.trim() + ": " : "") + question.querySelector(".wrong").textContent;
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
