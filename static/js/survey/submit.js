// Submitting: one POST brings everything. The same answers sent again bring the same key, so that a retry is never a
// second response.
import { $, all, announce, fieldOf, form, make, questionNamed, words } from "./dom.js";
import { ask, formBody } from "./api.js";
import { source } from "./attribution.js";
import { forget } from "./autosave.js";
import { showError, showStatus, showSummary } from "./errors.js";
import { random, record } from "./record.js";
import { here, screenOf, show } from "./screens.js";

const go = $("go");
let lastSent = "", sure = "";
const submitBody = () => {
  const sent = formBody({ source: source(), draft: record.d, visit: record.v, sure });
  sent.delete("key");
  if (String(sent) !== lastSent || !form.elements.key.value) {
    lastSent = String(sent);
    form.elements.key.value = random();
  }
  sent.set("key", form.elements.key.value);
  sent.set("took", Math.round(performance.now()));
  return sent;
};

export const submit = async () => {
  const sent = submitBody();
  go.disabled = true;
  showStatus(words.sending, false);
  try {
    const reply = await ask("", sent);
    if (reply.location) {
      forget();
      announce("submitted", ENDINGS ? { response: reply.response, ending: reply.ending } : { response: reply.response });
      // A moment for the messenger of a frame: what it posts is gone once the page is left.
      setTimeout(() => location.assign(reply.location));
      return;
    }
    if (reply.hint) suggest(reply.hint);
    else if (reply.problems) refuse(reply.problems);
    else showStatus([reply.title, reply.advice].join(". "));
  } catch { showStatus(words.offline); }
  go.disabled = false;
};

const refuse = (problems) => {
  form.elements.homepage.value = "";
  const places = problems.map((problem) => [questionNamed(problem.name), problem.text]);
  places.forEach(([question, text]) => question && showError(question, text));
  const first = places.find(([question]) => question);
  showStatus(first ? "" : problems.map((problem) => problem.text).join(" "));
  if (!first) return;
  show(screenOf(first[0]), true);
  const wrong = here.questions.filter((question) => question.querySelector(".field-error"));
  if (wrong.length > 1) showSummary(wrong);
  else fieldOf(first[0]).focus();
};

// A mistyped gmial.com is pointed out once; the button sends the address as it is, the offer corrects it.
const suggest = ({ name, text, use, meant }) => {
  const question = questionNamed(name);
  const field = question.querySelector("input");
  sure = field.value;
  const offer = make("button", { type: "button", className: "offer", textContent: use });
  offer.addEventListener("click", () => { field.value = meant; showError(question, ""); go.focus(); });
  showStatus("");
  showError(question, text + " ", offer);
  offer.focus();
};
