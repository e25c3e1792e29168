// Choices put in order by choosing one after the other: the first is the first. The numbered lists of the form stay
// the truth; they are filled in here and wait out of sight.
const make = (tag, given, ...inside) => {
  const made = Object.assign(document.createElement(tag), given);
  made.append(...inside);
  return made;
};

document.forms[0].querySelectorAll(".ranking").forEach((list) => {
  const places = [...list.querySelectorAll("select")];
  const words = list.dataset;
  const said = make("p", { className: "help new-place" });
  said.setAttribute("role", "status");
  const rows = make("div", { className: "rows" });
  const hint = make("p", { className: "help", textContent: words.hint });
  const undo = make("button", { type: "button", className: "back", textContent: words.undo });
  const order = () => places.map((place) => place.value).filter(Boolean);
  const name = (value) => entries.find((entry) => entry.value === value).text;

  const write = (values, text) => {
    places.forEach((place, nth) => { place.value = values[nth] || ""; });
    places[0].dispatchEvent(new Event("input", { bubbles: true }));
    draw();
    said.textContent = text;
  };
  const placed = (value, at) => words.placed.replace("{said}", name(value)).replace("{n}", at + 1).replace("{of}", places.length);
  const pick = (value) => {
    const now = order();
    if (now.includes(value)) write(now.filter((one) => one !== value), words.freed.replace("{said}", name(value)));
    else if (now.length === places.length) said.textContent = words.full;
    else write([...now, value], placed(value, now.length));
  };
  const shift = (value, by) => {
    const now = order(), at = now.indexOf(value), to = at + by;
    if (at < 0 || to < 0 || to >= now.length) return;
    [now[at], now[to]] = [now[to], now[at]];
    write(now, placed(value, to));
  };
  const arrow = (value, text, by, label) => {
    const button = make("button", { type: "button", textContent: text });
    button.setAttribute("aria-label", label.replace("{said}", name(value)));
    button.addEventListener("click", () => shift(value, by));
    return button;
  };

  const entries = [...places[0].options].filter((option) => option.value).map(({ value, text }) => ({ value, text }));
  entries.forEach((entry) => {
    entry.key = make("span", { className: "key" });
    entry.pick = make("button", { type: "button", className: "pick" }, entry.key, make("span", { className: "choice-text", textContent: entry.text }));
    entry.pick.addEventListener("click", () => pick(entry.value));
    entry.pick.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by) { event.preventDefault(); shift(entry.value, by); }
    });
    entry.up = arrow(entry.value, "↑", -1, words.up);
    entry.down = arrow(entry.value, "↓", 1, words.down);
    entry.shift = make("span", { className: "shift" }, entry.up, entry.down);
    rows.append(make("div", { className: "row place" }, entry.pick, entry.shift));
  });
  const draw = () => {
    const now = order();
    rows.classList.toggle("full", now.length === places.length);
    undo.hidden = !now.length;
    entries.forEach(({ value, key, pick: button, shift: arrows, up, down }) => {
      const at = now.indexOf(value);
      key.textContent = at < 0 ? "" : at + 1;
      button.setAttribute("aria-pressed", at >= 0);
      arrows.hidden = at < 0 || now.length < 2;
      up.setAttribute("aria-disabled", at < 1);
      down.setAttribute("aria-disabled", at === now.length - 1);
    });
  };

  undo.addEventListener("click", () => { write([], ""); entries[0].pick.focus(); });
  list.classList.add("sr");
  list.setAttribute("aria-hidden", true);
  places.forEach((place) => {
    place.tabIndex = -1;
    // Who is sent to the field by a mistake lands on what can be chosen.
    place.addEventListener("focus", () => entries[0].pick.focus());
  });
  list.before(hint);
  list.after(rows, said, undo);
  places[0].form.addEventListener("settle", draw);
  draw();
});
