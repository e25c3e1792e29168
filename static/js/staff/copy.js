// A button beside each snippet that copies it. Without it, the text is selected and copied by hand.
(() => {
  if (!navigator.clipboard) return;
  const offer = (button) => {
    if (!button.hidden) return;
    const said = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = said; }, 2000);
      } catch {
        // Not allowed here: the text can still be selected.
        button.hidden = true;
      }
    });
  };
  const look = () => document.querySelectorAll("[data-copy]").forEach(offer);
  look();
  // A script has put another snippet in its place.
  document.addEventListener("copyable", look);
})();
