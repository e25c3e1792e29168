// Keys for the desk, and filters that answer at once. Everything works without it.
(() => {
  const $ = (id) => document.getElementById(id);
  const links = () => [...document.querySelectorAll("#leads .name a, #mails .name a")];
  const keys = $("keys");
  const filters = $("filters");
  const step = (by) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) next.focus();
  };
  const hands = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => $("search") && $("search").focus(),
    u: () => { const up = $("up"); if (up) up.click(); },
    "?": () => keys && keys.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input,select,textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !hands[event.key] || (keys && keys.open)) return;
    event.preventDefault();
    hands[event.key]();
  });
  if (filters) filters.addEventListener("change", (event) => event.target.matches("select") && filters.requestSubmit());
  if ($("keys-hint")) {
    $("keys-hint").hidden = false;
    $("keys-open").addEventListener("click", () => keys.showModal());
  }
})();
