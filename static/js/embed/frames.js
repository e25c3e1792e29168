// Every frame of ours on the page: its height, its messages, and a link in its place when it does not come.
import { HOST, has, isModal, make, option, say } from "./options.js";
import { address, context } from "./address.js";
import { emit } from "./events.js";

const frames = [];
export const prefersReducedMotion = () => matchMedia("(prefers-reduced-motion:reduce)").matches;

const hello = ({ element, frame }) => {
  // A first, empty page is readable and nobody is there yet; a page of another origin is not readable.
  const page = frame.contentDocument;
  if (!page || page.URL !== "about:blank") frame.contentWindow.postMessage({ source: "lq", v: 1, type: "hello", fit: !isModal(element), context: context(element) }, HOST);
};

const offer = (entry) => {
  const { element, frame, link, ready } = entry;
  if (ready) return;
  if (!link) frame.before(entry.link = make("a", { href: address(element), target: "_blank", textContent: say(element, 2) }));
  frame.style.display = "none";
};

// A new question begins at its top, also when the last one was long.
const back = ({ element, frame }) => {
  if (!isModal(element) && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
};

// What each message does here; what gives true is not told to the page.
const pass = () => {};
const handlers = {
  ready(entry, { title }) {
    const { element, frame, link, dialog, ready } = entry;
    if (link) link.style.visibility = "hidden";
    frame.style.display = "block";
    frame.title = frame.title || title;
    if (dialog) dialog.ariaLabel = frame.title;
    // The result is a page of its own in the same frame.
    if (ready) back(entry);
    else if (dialog || has(element, "auto-focus")) frame.focus();
    entry.ready = 1;
    return ready;
  },
  height(entry, { height }) {
    const { element, frame, begun, least, tall } = entry, { style } = frame;
    // Before somebody begins it stays as high as the page made it, so that nothing below moves while the page loads.
    if (begun || isModal(element)) style.transition = prefersReducedMotion() ? "" : "height .2s";
    else if (height < least) height = least;
    style.height = height + "px";
    entry.tall = height;
    return tall === height;
  },
  escape({ dialog }) {
    dialog?.close();
    return 1;
  },
  question_changed(entry) {
    entry.begun = 1;
    back(entry);
  },
  started: pass,
  submitted: pass,
  cta_clicked: pass,
};

export const receive = ({ data, origin, source }) => {
  const entry = origin === HOST && data.source === "lq" && data.v === 1 && frames.find(({ frame }) => frame.contentWindow === source);
  const { type } = data || "";
  if (entry && Object.hasOwn(handlers, type) && !handlers[type](entry, data)) emit(entry.element, type === "height" ? "height_changed" : type, data);
};

export const register = (element, frame, dialog) => {
  const entry = { element, frame, dialog, least: frame.offsetHeight, link: frame.nextElementSibling?.closest("[data-lq-link]") };
  const wait = (time) => setTimeout(offer, time, entry);
  frames.push(entry);
  frame.style.width = "100%";
  frame.style.border = 0;
  frame.addEventListener("load", () => { hello(entry); wait(4000); });
  // A lazy frame may wait for long, and rightly. Once it is seen it should come, also when its load was over before us.
  new IntersectionObserver(([eye]) => eye.isIntersecting && wait(8000)).observe(frame);
  hello(entry);
  return entry;
};
