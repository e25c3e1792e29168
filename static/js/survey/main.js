// The form, one screen at a time. It works without this script; here it only becomes quicker and kinder. This is the one
// module that acts when it is loaded. What only some controls do is in scripts of their own (static/js/slider, ranking …),
// which run after this one on the pages that need them.
import { $, all, announce, form, make, query, questionNamed, survey, unfold, words } from "./dom.js";
import { forget, startAutosave } from "./autosave.js";
import { showStatus } from "./errors.js";
import { startInput } from "./input.js";
import { prefill } from "./prefill.js";
import { record } from "./record.js";
import { screenOf, screens, show, startScreens } from "./screens.js";
import { elsewhere, restore } from "./storage.js";
import { startTeaser } from "./teaser.js";

unfold();
startScreens();
startAutosave();
startTeaser();
startInput();

// Another language keeps whatever else the address says.
all(document, "header nav a").forEach((link) => {
  const to = new URLSearchParams(query);
  to.set("lang", link.hreflang);
  link.search = to;
});

if (!elsewhere()) {
  prefill();
  restore();
  // A control that shows an answer in another way looks again.
  form.dispatchEvent(new Event("settle"));
  document.documentElement.classList.add("ready");
  history.replaceState(0, "");
  // What this device knows is newer than the mailed link it came by.
  const where = record.typed.length && record.at || survey.at;
  const back = (survey.personal || record.typed.length) && where;
  const question = back && questionNamed(where.split(" ")[0]);
  // The gate may stand at either end.
  const screen = back === "contact" ? screens.find(({ section }) => section.matches(".contact")) : question && screenOf(question);
  show(screen || screens[0], false);
  if (screen && screen !== screens[0]) {
    history.replaceState(screens.indexOf(screen), "");
    const again = make("button", { type: "button", className: "offer", textContent: words.again });
    again.addEventListener("click", () => {
      const afresh = new URLSearchParams(query);
      ["k", "resume", "version"].forEach((name) => afresh.delete(name));
      forget();
      record.typed = [];
      location.assign("?" + afresh);
    });
    showStatus(words.welcome + " ", false);
    $("status").append(again);
  }
  form.elements.key.value = "";
  announce("ready");
}
