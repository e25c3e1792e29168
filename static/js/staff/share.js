// Options of embedding: each change shows its code and its try-out at once. Without it, a button asks for the page.
(() => {
  const form = document.getElementById("embed-options");
  let asked = 0;
  document.documentElement.classList.add("js");
  const show = async () => {
    const mine = (asked += 1);
    const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
    try {
      const reply = await fetch(address, { credentials: "same-origin" });
      if (!reply.ok || mine !== asked) return;
      const found = new DOMParser().parseFromString(await reply.text(), "text/html");
      if (mine !== asked) return;
      ["embed-code", "try-out"].forEach((id) => {
        const place = document.getElementById(id);
        if (place) place.replaceChildren(...found.getElementById(id).childNodes);
      });
      document.dispatchEvent(new Event("copyable"));
      history.replaceState(null, "", address);
    } catch {
      // The network is away: the next change asks again.
    }
  };
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
})();
