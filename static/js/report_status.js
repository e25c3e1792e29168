// Looks now and then whether the report is ready, and passes the result on. The page works without it.
(() => {
  const $ = (id) => document.getElementById(id);
  const pending = $("pending");
  const until = Date.now() + 120000;
  let wait = 1500;
  const look = async () => {
    const link = pending.querySelector("a");
    try {
      const reply = await fetch(pending.dataset.report, { method: "HEAD" });
      if (reply.status === 200) {
        link.textContent = pending.dataset.ready;
        link.classList.remove("waiting");
        return;
      }
    } catch {
      // The network is away for a moment; look again.
    }
    if (Date.now() > until) {
      link.textContent = pending.dataset.ready;
      pending.append(Object.assign(document.createElement("span"), { textContent: pending.dataset.late }));
      return;
    }
    wait = Math.min(wait * 1.4, 15000);
    setTimeout(look, wait);
  };
  if (pending) setTimeout(look, wait);

  const page = $("pass-on");
  const said = $("passed-on");
  const offer = (words, act) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn-secondary", textContent: words });
    button.addEventListener("click", act);
    page.before(button);
  };
  const refused = () => {
    said.textContent = page.dataset.refused;
  };
  if (page && navigator.share) {
    offer(page.dataset.share, () =>
      navigator.share({ title: page.dataset.title, url: page.href }).catch((why) => {
        // Closing the sheet without choosing is no mistake; in a frame the page around may have to allow it.
        if (why.name !== "AbortError") refused();
      }),
    );
  }
  if (page && navigator.clipboard) {
    offer(page.dataset.copy, async () => {
      try {
        await navigator.clipboard.writeText(page.href);
        said.textContent = page.dataset.copied;
      } catch {
        refused();
      }
    });
  }
})();
