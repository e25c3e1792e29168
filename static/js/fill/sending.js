// Sending: one POST brings everything. The same answers sent again bring the same key, so that a retry is never a
// second response.
import { $, all, announce, form, make, questions, words } from "./page.js";
import { visible, weigh } from "./answers.js";
import { mark, summarise, tell } from "./mistakes.js";
import { here, screenOf, show } from "./screens.js";
import { forget, random, record } from "./keeping.js";
import { source } from "./source.js";

const go = $("go");
// What is on the path and nothing else; the server would drop the rest without a word.
export const body = (more) => {
  weigh();
  const fields = questions().flatMap((question) => all(question, "input,select,textarea").map((field) => [field, !visible.has(question) || "untouched" in field.dataset]));
  fields.forEach(([field, off]) => { field.disabled = off; });
  const sent = new URLSearchParams(new FormData(form));
  fields.forEach(([field]) => { field.disabled = false; });
  sent.delete("later");
  Object.entries(more || {}).forEach(([name, value]) => sent.set(name, value));
  return sent;
};
export const ask = (sent) => fetch(location.href, { method: "POST", body: sent, headers: { Accept: "application/json" } });

let lastSent = "", sure = "";
const keyed = () => {
  const sent = body({ source: source(), draft: record.d, visit: record.v, sure });
  sent.delete("key");
  if (String(sent) !== lastSent || !form.elements.key.value) {
    lastSent = String(sent);
    form.elements.key.value = random();
  }
  sent.set("key", form.elements.key.value);
  sent.set("took", Math.round(performance.now()));
  return sent;
};

export const send = async () => {
  const sent = keyed();
  go.disabled = true;
  tell(words.sending, false);
  try {
    const said = await (await ask(sent)).json();
    if (said.location) {
      forget();
      announce("submitted", { response: said.response });
      // A moment for the messenger of a frame: what it posts is gone once the page is left.
      setTimeout(() => location.assign(said.location));
      return;
    }
    if (said.hint) hint(said.hint);
    else if (said.problems) refuse(said.problems);
    else tell([said.title, said.advice].join(". "));
  } catch { tell(words.offline); }
  go.disabled = false;
};

const refuse = (problems) => {
  form.elements.homepage.value = "";
  const places = problems.map((problem) => [questions().find((question) => question.dataset.name === problem.name), problem.text]);
  places.forEach(([question, text]) => question && mark(question, text));
  const first = places.find(([question]) => question);
  tell(first ? "" : problems.map((problem) => problem.text).join(" "));
  if (!first) return;
  show(screenOf(first[0]), true);
  const wrong = here.questions.filter((question) => question.querySelector(".wrong"));
  if (wrong.length > 1) summarise(wrong);
  else first[0].querySelector("input,select,textarea").focus();
};

// A slip such as gmial.com is pointed out once; the button sends the address as it is, the offer corrects it.
const hint = ({ name, text, use, meant }) => {
  const question = questions().find((one) => one.dataset.name === name);
  const field = question.querySelector("input");
  sure = field.value;
  const offer = make("button", { type: "button", className: "offer", textContent: use });
  offer.addEventListener("click", () => { field.value = meant; mark(question, ""); go.focus(); });
  tell("");
  mark(question, text + " ", offer);
  offer.focus();
};

let teased = "";
export const tease = async () => {
  const place = $("teaser");
  if (!place) return;
  const sent = body({ step: "teaser" });
  if (String(sent) === teased) return;
  teased = String(sent);
  // Its place is there before it is: the fields below must not move under a thumb.
  place.hidden = false;
  try {
    const said = await (await ask(sent)).json();
    place.hidden = said.shown === undefined || said.shown === null;
    place.querySelector("strong").textContent = said.shown;
    place.querySelector("b").textContent = said.band ? "· " + said.band : "";
  } catch { place.hidden = true; }
};
