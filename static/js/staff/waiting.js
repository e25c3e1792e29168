// Shows what became of work behind the page: parts that wait are fetched again until they no longer do. The page works
// without it, by its link “Look again”; what someone types elsewhere on the page stays.
(() => {
  const FIRST = 800, LONGEST = 8000, until = Date.now() + 300000;
  let pause = FIRST;
  const isWaiting = () => document.querySelector("[data-live] [data-waiting]");
  const renew = (page) => document.querySelectorAll("[data-live]").forEach((part) => {
    const next = page.getElementById(part.id);
    if (next && next.outerHTML !== part.outerHTML && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(next));
  });
  const look = async () => {
    try {
      const reply = await fetch(location.href, { credentials: "same-origin" });
      if (reply.ok) renew(new DOMParser().parseFromString(await reply.text(), "text/html"));
    } catch {
      // The network is away for a moment; look again.
    }
    wait();
  };
  const wait = () => {
    if (!isWaiting() || Date.now() > until) return;
    setTimeout(look, pause);
    pause = Math.min(pause * 1.4, LONGEST);
  };
  wait();
})();
