// Several answers: one that excludes the others unticks them, and they untick it; how many are chosen is said.
const form = document.forms[0];
const all = (from, what) => [...from.querySelectorAll(what)];
const say = (group) => {
  const chosen = all(group, ":checked").length;
  group.nextElementSibling.textContent = chosen ? group.dataset.count.replace("{n}", chosen) : "";
};

all(form, ".multiple").forEach((group) => {
  const said = document.createElement("p");
  said.className = "help count";
  said.setAttribute("role", "status");
  group.after(said);
  say(group);
});
// Before the form weighs the answers.
form.addEventListener("input", ({ target: field }) => {
  const group = field.closest(".multiple");
  if (!group) return;
  all(group, "input").forEach((box) => {
    if (field.checked && box !== field && ("alone" in field.dataset || "alone" in box.dataset)) box.checked = false;
  });
  say(group);
}, true);
form.addEventListener("settle", () => all(form, ".multiple").forEach(say));
