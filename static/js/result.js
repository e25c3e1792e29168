// Looks now and then whether the report is ready, without moving the page.
(() => {
  const place = document.getElementById("pending");
  const link = place && place.querySelector("a");
  let wait = 1500;
  const look = async () => {
    try {
      const reply = await fetch(place.dataset.report, { method: "HEAD" });
      if (reply.status === 200) {
        link.textContent = place.dataset.ready;
        link.classList.remove("waiting");
        return;
      }
    } catch {
      // The network is away for a moment; look again.
    }
    wait = Math.min(wait * 1.4, 15000);
    setTimeout(look, wait);
  };
  if (link) setTimeout(look, wait);
})();
