// The diagnostic, one screen at a time. The form works without this script; here it only becomes quicker and kinder.
import { $, all, announce, form, make, query, questions, survey, words } from "./page.js";
import { settle } from "./controls.js";
import { elsewhere, forget, record, restore } from "./keeping.js";
import { tell } from "./mistakes.js";
import { screenOf, screens, show } from "./screens.js";
import { prefill } from "./source.js";
import "./hands.js";

// Another language keeps whatever else the address says.
all(document, "header nav a").forEach((link) => {
  const to = new URLSearchParams(query);
  to.set("lang", link.hreflang);
  link.search = to;
});

if (!elsewhere()) {
  prefill();
  restore();
  settle();
  document.documentElement.classList.add("ready");
  history.replaceState(0, "");
  // What this device knows is newer than the mailed link it came by.
  const where = record.typed.length && record.at || survey.at;
  const back = (survey.personal || record.typed.length) && where;
  const question = back && questions().find((one) => one.dataset.name === where.split(" ")[0]);
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
    tell(words.welcome + " ", false);
    $("told").append(again);
  }
  form.elements.key.value = "";
  announce("ready");
}
