// A slider over the number that is the answer. Untouched means unanswered.
document.forms[0].querySelectorAll(".slider").forEach((place, nth) => {
  const field = place.querySelector("[data-number]");
  const title = place.closest(".question").querySelector(".title");
  const { min, max, step } = field.dataset;
  const range = Object.assign(document.createElement("input"), { type: "range", min, max, step: step || 1 });
  const hint = document.createElement("span");
  title.id = "slider-" + nth;
  range.setAttribute("aria-labelledby", title.id);
  hint.className = "unit";
  hint.textContent = place.dataset.hint;
  const unit = place.querySelector(".unit");
  place.prepend(range);
  place.insertBefore(hint, place.querySelector(".ends"));

  const draw = () => {
    const [typed] = field.form.readNumber(field);
    const none = typed === null;
    range.toggleAttribute("data-untouched", none);
    range.value = none ? (+min + +max) / 2 : typed;
    range.style.setProperty("--at", (100 * (range.value - min)) / (max - min) + "%");
    range.setAttribute("aria-valuetext", none ? place.dataset.none : range.value + (unit ? " " + unit.textContent : ""));
    hint.hidden = !none;
  };
  const set = (event) => {
    event.stopPropagation();
    field.value = range.value.replace(".", field.dataset.number[0]);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  range.addEventListener("input", set);
  // The value it already shows is an answer too, given by a click or Enter.
  range.addEventListener("pointerup", (event) => { if ("untouched" in range.dataset) set(event); });
  field.addEventListener("input", draw);
  field.form.addEventListener("settle", draw);
  draw();
});
