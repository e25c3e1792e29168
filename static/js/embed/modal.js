// Popup and slider: the browser's own modal dialog, in a shadow of its own, so that neither page styles the other.
// Closing keeps the frame, and with it every answer.
import { has, isModal, make, option, say, slug, trying } from "./options.js";
import { address } from "./address.js";
import { prefersReducedMotion, register } from "./frames.js";
import { emit } from "./events.js";

const STYLE =
  "dialog{border:0;padding:0;width:min(720px,100% - 48px);max-width:none;max-height:92dvh;margin:4dvh auto auto;border-radius:12px;background:Canvas}" +
  "dialog[open]{display:flex;flex-direction:column}" +
  "dialog::backdrop{background:#000a}" +
  "button{all:unset;align-self:end;width:48px;font:28px/48px system-ui;text-align:center;cursor:pointer}" +
  "button:focus-visible{outline:3px solid;outline-offset:-6px}" +
  ".slider{margin:0 0 0 auto;width:min(560px,100%);height:100dvh;max-height:none;border-radius:0}" +
  ".left{margin:0 auto 0 0}" +
  ".slider iframe{flex:1}" +
  "@media(max-width:600px){dialog{margin:0;width:100%;height:100dvh;max-height:none;border-radius:0}iframe{flex:1}}";

export const framed = (element, place, dialog) => {
  const frame = make("iframe", { src: address(element, true), title: option(element, "title") || "", height: option(element, "height") || 600, loading: has(element, "lazy") && "lazy" });
  place.append(frame);
  return register(element, frame, dialog);
};

const page = document.documentElement.style;
const made = new WeakMap();
let opened;
// Whether a visitor closed it before, where the page asked to remember.
const mark = (element) => "lq:" + slug(element);
const build = (element) => {
  const dialog = make("dialog", { className: option(element, "mode") + " " + option(element, "side"), ariaLabel: option(element, "title") || say(element, 2) });
  const close = make("button", { textContent: "×", ariaLabel: say(element, 1), onclick: () => dialog.close() });
  dialog.style.colorScheme = option(element, "theme") || "light dark";
  dialog.append(close);
  const root = document.body.appendChild(make("div")).attachShadow({ mode: "open" }), sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  root.append(dialog);
  dialog.onclose = () => {
    opened = page.overflow = page.scrollbarGutter = "";
    if (has(element, "prevent-reopen")) trying(() => { sessionStorage[mark(element)] = 1; });
    emit(element, "closed");
  };
  return framed(element, dialog, dialog);
};

export const open = (element, from) => {
  if (opened) return;
  opened = true;
  from?.focus();
  // The page stays where it is: it stops scrolling and keeps the place of its scrollbar.
  if (innerWidth > document.documentElement.clientWidth) page.scrollbarGutter = "stable";
  page.overflow = "hidden";
  if (!made.has(element)) made.set(element, build(element));
  const { dialog, frame, ready } = made.get(element);
  dialog.showModal();
  if (!prefersReducedMotion()) dialog.animate({ opacity: [0, 1] }, 160);
  // A frame that is still to come would lose the focus: it gets it when it is there.
  if (ready) frame.focus();
};

const OPENS = {
  load: (go) => go(),
  time: (go, element) => setTimeout(go, option(element, "delay") || 5000),
  scroll: (go, element) => addEventListener("scroll", () => {
    if (scrollY >= (document.documentElement.scrollHeight - innerHeight) * (option(element, "scroll") || 50) / 100) go();
  }),
  exit: (go) => document.documentElement.addEventListener("mouseleave", ({ clientY }) => clientY > 0 || go()),
};
export const awaitMoment = (element) => {
  const opens = isModal(element) && OPENS[option(element, "open")];
  let done;
  if (opens) opens(() => {
    if (done || opened || trying(() => sessionStorage[mark(element)])) return;
    done = 1;
    open(element);
  }, element);
};
