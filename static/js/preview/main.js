// The preview of a draft: the real page, whose answers go nowhere. It runs before the page's own script.
const words = "PREVIEW_WORDS";

// The page asks the server as ever; here it gets a sentence instead of a result.
window.fetch = () => Promise.resolve(new Response(JSON.stringify({ title: words.end, advice: "" })));
navigator.sendBeacon = () => true;

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("header nav, #later").forEach((part) => part.remove());
  document.getElementById("status").textContent = words.old;
});
