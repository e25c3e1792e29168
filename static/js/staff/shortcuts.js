// Keys for the desk, and filters that answer at once. Everything works without it.
(() => {
  const $ = (id) => document.getElementById(id);
  const links = () => [...document.querySelectorAll("#leads .name a, #mails .name a, .calls .name a")];
  const keys = $("keys");
  const filters = $("filters");
  const step = (by) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
    if (next) next.focus();
  };
  // An act on the lead that has the focus, or else on the first of the page.
  const act = (name) => {
    const row = document.activeElement.closest("li");
    const found = (row && row.querySelector(`[data-act="${name}"]`)) || document.querySelector(`[data-act="${name}"]`);
    if (found) found.click();
  };
  const hands = {
    c: () => act("call"),
    l: () => act("attempt"),
    r: () => act("reached"),
    z: () => $("undo") && $("undo").click(),
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
  // Notes from a call are saved half a second after the last key, and on leaving a field.
  const call = document.querySelector("#call form");
  if (!call) return;
  let timer = 0;
  const save = async () => {
    clearTimeout(timer);
    timer = 0;
    try {
      const reply = await fetch(call.action, { method: "POST", body: new URLSearchParams(new FormData(call)), headers: { "X-Notes": "1" } });
      if (!reply.ok || reply.redirected) throw new Error("not saved");
      $("notes-status").textContent = call.dataset.saved;
    } catch {
      $("notes-status").textContent = call.dataset.failed;
    }
  };
  call.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 500); });
  call.addEventListener("focusout", () => { if (timer) save(); });
})();
