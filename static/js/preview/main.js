// The preview of a draft: the real page, whose answers go nowhere. It runs before the page's own script.
const words = "PREVIEW_WORDS";

// The page asks the server as ever; here it gets a sentence instead of a result.
window.fetch = () => Promise.resolve(new Response(JSON.stringify({ title: words.end, advice: "" })));
navigator.sendBeacon = () => true;

// What the page would keep on this device it tells the builder around it, which shows what the answers are worth: the
// answers by name, then the contact details. A frame without an origin has no storage of its own.
const kept = { localStorage: [], sessionStorage: [] };
const tell = () => parent.postMessage({ type: "answers", typed: [...kept.localStorage, ...kept.sessionStorage] }, location.origin);
Object.keys(kept).forEach((place) => Object.defineProperty(window, place, { value: {
  getItem: () => null,
  removeItem: () => {},
  setItem: (_, text) => {
    const read = JSON.parse(text);
    kept[place] = read.typed || read;
    if (place === "sessionStorage") tell();
  },
} }));

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("header nav, #later").forEach((part) => part.remove());
  document.getElementById("status").textContent = words.old;
});
