// A long text says how much room is left when it becomes scarce, and not before.
const SCARCE = 0.15, AT_LEAST = 40;
document.forms[0].querySelectorAll("textarea[data-left]").forEach((field) => {
  const said = document.createElement("p");
  said.className = "help";
  said.setAttribute("role", "status");
  field.after(said);
  const look = () => {
    const left = field.maxLength - field.value.length;
    said.textContent = left <= Math.max(AT_LEAST, field.maxLength * SCARCE) ? field.dataset.left.replace("{n}", left) : "";
  };
  field.addEventListener("input", look);
  field.form.addEventListener("settle", look);
  look();
});
