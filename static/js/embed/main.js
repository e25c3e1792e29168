// The embedding page's script: finds the frames and elements of ours, now and later, and makes them quicker and kinder.
// Frames and links work without it.
import { TAG, isModal, option } from "./options.js";
import { address } from "./address.js";
import { receive, register } from "./frames.js";
import { awaitMoment, framed, open } from "./modal.js";

const OURS = "[data-lq-survey]," + TAG;
const known = new WeakSet();
const meet = (element) => {
  if (known.has(element)) return;
  known.add(element);
  const { localName } = element;
  if (localName === "iframe") {
    if (!element.src) element.src = address(element, true);
    register(element, element);
  } else if (localName === TAG && (option(element, "mode") || "inline") === "inline") {
    element.replaceChildren();
    element.style.display = "block";
    framed(element, element);
  } else awaitMoment(element);
};
const look = () => document.querySelectorAll(OURS).forEach(meet);

// The two lines may stand on a page twice.
if (!customElements.get(TAG)) {
  customElements.define(TAG, class extends HTMLElement {});
  document.addEventListener("click", (event) => {
    const { target } = event;
    const element = target.closest(OURS), link = target.closest("a,button");
    if (!element || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (isModal(element)) {
      event.preventDefault();
      open(element, link);
    } else if (link?.href) link.href = address(element);
  });
  addEventListener("message", receive);
  look();
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}
