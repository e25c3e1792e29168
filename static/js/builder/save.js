// Saving: 400 ms after the last key and on leaving a field, one request at a time, only what was typed since. A request
// has a key, so that sending it again changes nothing; what cannot be sent is kept in this browser and sent later.
import { $, form, say } from "./dom.js";
import { keepConflict, startConflict } from "./conflict.js";
import { onShow, show, values } from "./page.js";

const PAUSE = 400, SLOW = 1000, RETRY = 5000, CHOOSING = 700;
let dirty = new Set(), busy = false, timer = 0, slow = 0, waiting = null, retry = null;
// What the page asks about a choice that is not made yet, and the list whose choices somebody walks through by key.
let question = "", walked = null, asking = 0;
// Where somebody goes once everything is saved.
let leaving = "";

const place = () => "draft " + form().dataset.slug;
const store = (value) => { try { if (value) localStorage.setItem(place(), value); else localStorage.removeItem(place()); } catch { /* blocked */ } };
const read = () => { try { return localStorage.getItem(place()); } catch { return null; } };

// The fields of a condition are written together.
const group = (field) => {
  const whole = field.closest("[data-whole]");
  return whole ? [...whole.querySelectorAll("[name]")].filter((one) => one.name.includes(" ") && one.tagName !== "BUTTON").map((one) => one.name) : [field.name];
};
const isField = (field) => field.name && field.name.includes(" ") && !field.name.startsWith("new ") && field.form === form();
// Names of what is to be added, and pasted lines: sent with their button, kept while other things are saved.
const added = () => [...form().elements].filter((field) => field.name && (field.name.startsWith("new ") || field.name === "pasted"));
const unsent = () => new Map(added().map((field) => [field.name, [field.value]]));

const bodyOf = (names, more) => {
  const body = values(names);
  ["csrf_token", "revision", "lang"].forEach((name) => body.set(name, form().elements[name].value));
  body.set("key", crypto.randomUUID());
  Object.entries(more).forEach(([name, value]) => body.set(name, value));
  return body;
};

// Whoever has gone on meanwhile, with a change of the page before still on its way, sees the page they are on.
const shown = async (reply, address) => {
  const isHere = new URL(address, location.href).href === form().action;
  return (reply.ok && !reply.redirected && !isHere ? await fetch(form().action) : reply).text();
};
// Whatever was typed while a request was on its way is still dirty, and stays in its field.
const send = async (address, body, command) => {
  busy = true;
  slow = setTimeout(() => say("saving"), SLOW);
  store(JSON.stringify({ address, body: String(body) }));
  try {
    const reply = await fetch(address, { method: "POST", body, headers: { "X-Builder": "1" } });
    const html = await shown(reply, address);
    if (reply.status >= 500 || reply.redirected) throw new Error("unanswered");
    const typed = command ? new Map() : unsent();
    dirty.forEach((name) => typed.set(name, values([name]).getAll(name)));
    if (!show(html, typed)) throw new Error("no page");
    retry = null;
    question = "";
    if (reply.ok) focusCondition(body);
    store("");
    if (reply.status === 409) keepConflict(address, body);
    if (reply.ok) say("saved");
    if (!reply.ok) {
      leaving = "";
      const first = document.querySelector("#notices [tabindex], #notices .note");
      if (first) { first.tabIndex = -1; first.focus(); }
    } else if (command) afterCommand();
  } catch {
    retry = { address, body, command };
    leaving = "";
    say(navigator.onLine ? "failed" : "offline");
    setTimeout(again, RETRY);
  }
  clearTimeout(slow);
  busy = false;
  next();
};
const again = () => { if (retry && !busy) send(retry.address, retry.body, retry.command); };

const next = () => {
  if (busy || retry) return;
  if (waiting) {
    const { address, more } = waiting;
    waiting = null;
    const names = more.do.startsWith("undo") || more.do.startsWith("redo") ? [] : [...dirty];
    dirty = new Set();
    send(address, bodyOf(names, more), true);
  } else if (dirty.size && !timer) {
    const names = [...dirty];
    dirty = new Set();
    send(form().action, bodyOf(names, { do: "save" }), false);
  } else if (leaving) {
    const address = leaving;
    leaving = "";
    location.assign(address);
  }
};
const flush = () => {
  clearTimeout(timer);
  timer = 0;
  next();
};
const mark = (field, pause) => {
  group(field).forEach((name) => dirty.add(name));
  clearTimeout(timer);
  timer = setTimeout(flush, pause);
};

// A condition that was just added is filled in next: the last row of its group.
const ADDING = /^rule ((?:\d+\.)*)add (.+)$/;
const focusCondition = (body) => {
  const [, at, path] = [...new URLSearchParams(body)].map(([name, value]) => value && name.match(ADDING)).find(Boolean) || [];
  const whole = path && document.querySelector(`[data-whole="${CSS.escape(path)}"]`);
  const group = whole && whole.querySelector(`.rules[data-rule="${at.slice(0, -1)}"]`);
  const lines = group ? [...group.querySelectorAll(":scope > .rule > select")] : [];
  if (lines.length) lines[lines.length - 1].focus();
};
// Where the person works on: in what was added, on the question that has moved.
const afterCommand = () => {
  const fresh = form() && (form().dataset.added || "").split(" ").map($).find(Boolean);
  if (fresh) fresh.focus();
  else if (form() && !form().dataset.slug.startsWith("policy ") && form().dataset.at !== new URLSearchParams(location.search).get("at")) {
    const address = new URL(form().action);
    history.replaceState(null, "", address.pathname + address.search);
  }
};

export const command = (more, address) => {
  clearTimeout(timer);
  timer = 0;
  waiting = { address: address || form().action, more };
  next();
};

// Arrows and letters change a closed list at each press: what somebody passes is not what they choose. A list that adds
// something waits for Enter, or until they go on.
const onKey = (event) => {
  const isChosen = event.key === "Enter" && event.target === walked && (asking || dirty.has(walked.name));
  if (isChosen) {
    event.preventDefault();
    if (asking) onGo(event, 0); else mark(walked, 0);
  }
  walked = event.target.matches("select") && !event.altKey && ![" ", "Enter", "F4", "Tab"].includes(event.key) ? event.target : null;
};
const onInput = (event) => {
  const field = event.target;
  if (!isField(field)) return;
  if (field === walked && ADDING.test(field.name)) group(field).forEach((name) => dirty.add(name));
  else if (field === walked) mark(field, CHOOSING);
  else mark(field, field.matches("select,[type=checkbox],[type=radio]") ? 0 : PAUSE);
};
const onSubmit = (event) => {
  const button = event.submitter;
  if (!form() || !button || ["trial", "picture"].includes(event.target.id) || !button.matches("#question #form button, #order button, #steps button, .picker button, #undo, #redo")) return;
  event.preventDefault();
  const more = { do: button.value };
  ["type", "pasted", "choice_set"].forEach((name) => { if (form().elements[name]) more[name] = form().elements[name].value; });
  added().forEach((field) => { more[field.name] = field.value; });
  command(more, form().action);
};
// A row that opens or closes: the page as it is then, in place of this one, once everything is saved.
const onLink = async (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || busy || retry || dirty.size) return;
  event.preventDefault();
  const reply = await fetch(link.href);
  if (!reply.ok || !show(await reply.text(), new Map())) location.assign(link.href);
  else history.replaceState(null, "", link.href);
};
// What was typed while another change was on its way cannot be sent with it: whoever goes on meanwhile waits for both.
const onLeave = (event) => {
  const link = event.target.closest("a[href]");
  const goesHere = link && !link.target && !link.hasAttribute("download") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!goesHere || event.defaultPrevented || !busy || retry || !dirty.size) return;
  event.preventDefault();
  leaving = link.href;
  clearTimeout(timer);
  timer = 0;
};
// A choice that has to be confirmed: the page with the question, in place of this one.
const ask = async (select) => {
  asking = 0;
  const address = select.dataset.go + encodeURIComponent(select.value);
  if (busy || retry || dirty.size) { location.assign(`${address}#retype`); return; }
  const reply = await fetch(address);
  if (!reply.ok || !show(await reply.text(), unsent())) location.assign(`${address}#retype`);
  else question = address;
};
const onGo = (event, pause) => {
  const select = event.target.closest("[data-go]");
  if (!select) return;
  clearTimeout(asking);
  asking = setTimeout(ask, pause ?? (select === walked ? CHOOSING : 0), select);
};

// The page as it is now, while nothing is being typed or sent.
export const reload = async () => {
  if (busy || retry || dirty.size || !form() || document.querySelector("#notices .note,#notices .conflict")) return;
  const reply = await fetch(question || form().action);
  const html = await reply.text();
  if (reply.ok && !busy && !dirty.size) show(html, unsent());
};

// A quick person types before this script is there: such a field no longer says what the page came with.
const isTyped = (field) => {
  if (field.matches("[type=checkbox],[type=radio]")) return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const options = [...field.options], first = options.findIndex((one) => one.defaultSelected);
  return options.length > 0 && field.selectedIndex !== Math.max(first, 0);
};
const markEarly = () => [...form().elements].filter((field) => isField(field) && isTyped(field)).forEach((field) => mark(field, 0));

export const startSaving = () => {
  if (!form()) return;
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", () => { walked = null; }, true);
  document.addEventListener("input", onInput);
  document.addEventListener("change", (event) => onGo(event));
  document.addEventListener("focusout", (event) => { if (isField(event.target) && dirty.size) flush(); });
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onLink);
  document.addEventListener("click", onLeave);
  addEventListener("online", again);
  addEventListener("beforeunload", (event) => { if (dirty.size) { flush(); event.preventDefault(); } });
  const kept = read();
  if (kept) {
    const { address, body } = JSON.parse(kept);
    const parsed = new URLSearchParams(body);
    parsed.set("csrf_token", form().elements.csrf_token.value);
    send(address, parsed, false);
  }
  onShow(() => document.documentElement.classList.add("js"));
  startConflict((address, body) => {
    body.set("csrf_token", form().elements.csrf_token.value);
    if (!busy) send(address, body, false);
  });
  markEarly();
};
