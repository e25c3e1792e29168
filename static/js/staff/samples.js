// The preview follows the sample that is chosen, also by the arrow keys. Without it, a link shows each.
(() => {
  let asked = 0;
  document.documentElement.classList.add("js");
  document.addEventListener("change", async (event) => {
    if (event.target.name !== "sample") return;
    const mine = (asked += 1), address = `${location.pathname}?${new URLSearchParams({ way: "sample", sample: event.target.value })}`;
    try {
      const reply = await fetch(address, { credentials: "same-origin" });
      if (!reply.ok || mine !== asked) return;
      const found = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("sample-preview");
      if (mine !== asked || !found) return;
      document.getElementById("sample-preview").replaceWith(found);
      history.replaceState(null, "", address);
    } catch {
      // The network is away: the next choice asks again.
    }
  });
})();
