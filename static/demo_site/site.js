// Nordlicht's own script: asks for consent before anything is counted, and shows on one page what it hears.
(() => {
  const root = document.documentElement, form = document.getElementById("consent");
  const read = () => { try { return localStorage.getItem("consent"); } catch { return null; } };
  const agree = (answer) => {
    // From here on the diagnostic may tell the page's analytics where somebody is.
    if (answer === "yes") root.setAttribute("data-lq-consent", "");
    form.hidden = true;
  };
  if (read()) agree(read());
  else form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = event.submitter.value;
    try { localStorage.setItem("consent", answer); } catch { /* then it is asked again */ }
    agree(answer);
  });

  const heard = document.getElementById("heard");
  if (!heard) return;
  const note = (text) => {
    const line = document.createElement("li");
    line.textContent = text;
    heard.append(line);
  };
  ["ready", "started", "question_changed", "submitted", "cta_clicked"].forEach((type) => {
    addEventListener("lq:" + type, ({ detail }) => note([type, detail.question, detail.response].filter(Boolean).join(" · ")));
  });
  window.lqThanks = ({ survey }) => note("the page was called back about " + survey);
})();
