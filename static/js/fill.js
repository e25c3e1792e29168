// The diagnostic, one screen at a time. The form works without this script; here it only becomes quicker.
// It receives conditions and words, never levels, flags, signals or points. The server is the authority.
(() => {
  const root = document.documentElement;
  const survey = JSON.parse(document.getElementById("survey").textContent);
  const words = survey.words;
  const form = document.forms[0];
  const $ = (id) => document.getElementById(id);
  const go = $("go");
  const told = $("told");
  const rest = $("rest");
  const shelf = "fill:" + survey.id;
  const all = (from, what) => [...from.querySelectorAll(what)];

  if (rest) rest.replaceWith(rest.content);
  // The teaser stands before every actions row in the page; the sections belong above the status line.
  all(form, ".page").forEach((section) => form.insertBefore(section, told));
  const back = document.createElement("button");
  back.type = "button";
  back.className = "back";
  back.textContent = words.back;
  go.after(back);
  go.removeAttribute("name");

  // --- what was typed -------------------------------------------------------------------------------------------
  const inputs = (name) => all(form, `[name="${CSS.escape(name)}"]`);
  const answer = (name) => {
    const found = inputs(name);
    if (!found.length) return null;
    if (found[0].type === "checkbox" && found.length > 1) {
      const ticked = found.filter((box) => box.checked).map((box) => box.value);
      return ticked.length ? ticked : null;
    }
    const ticks = found[0].type === "radio" || found[0].type === "checkbox";
    const one = ticks ? found.find((box) => box.checked) : found[0];
    if (one && one.closest(".tick")) return true;
    return one && one.value.trim() !== "" ? one.value : null;
  };
  const asked = new URLSearchParams(location.search);

  // --- conditions: true, false, or null for unknown -------------------------------------------------------------
  const number = (value) => (typeof value !== "boolean" && String(value).trim() !== "" && isFinite(value) ? +value : null);
  const same = (fact, value) => {
    if (typeof fact === "boolean" || typeof value === "boolean") return fact === value;
    const a = number(fact), b = number(value);
    return a !== null && b !== null ? a === b : String(fact) === String(value);
  };
  const shares = (fact, wanted) => [].concat(fact).some((member) => [].concat(wanted).some((value) => same(member, value)));
  const order = { lt: (a, b) => a < b, lte: (a, b) => a <= b, gt: (a, b) => a > b, gte: (a, b) => a >= b };
  const compare = (operator, fact, value) => {
    if (operator === "known") return (fact !== null) === value;
    if (fact === null) return null;
    if (order[operator]) {
      const a = number(fact), b = number(value);
      return order[operator](a === null || b === null ? fact : a, a === null || b === null ? value : b);
    }
    return shares(fact, value) === (operator === "eq" || operator === "in");
  };
  const every = (truths) => (truths.includes(false) ? false : truths.includes(null) ? null : true);
  const some = (truths) => (truths.includes(true) ? true : truths.includes(null) ? null : false);
  const holds = (condition, facts) => every(Object.entries(condition).map(([key, value]) => {
    if (key === "all") return every(value.map((part) => holds(part, facts)));
    if (key === "any") return some(value.map((part) => holds(part, facts)));
    if (key === "not") { const inner = holds(value, facts); return inner === null ? null : !inner; }
    const fact = facts[key] === undefined ? null : facts[key];
    return every(Object.entries(value).map(([operator, wanted]) => compare(operator, fact, wanted)));
  }));

  // --- the way through ------------------------------------------------------------------------------------------
  const screens = [];
  all(form, ".page").forEach((section) => {
    const questions = all(section, ".question");
    const together = survey.mode === "by_page" || section.matches(".contact");
    if (together) screens.push({ section, questions });
    else if (survey.mode === "single_page" && screens.some((screen) => screen.whole))
      screens.find((screen) => screen.whole).questions.push(...questions);
    else if (survey.mode === "single_page") screens.push({ section, questions, whole: true });
    else questions.forEach((question) => screens.push({ section, questions: [question] }));
  });
  const visible = new Set();
  const weigh = () => {
    const facts = {};
    visible.clear();
    survey.fields.forEach((name) => { if (asked.get(name)) facts[name] = asked.get(name); });
    all(form, ".question").forEach((question) => {
      const name = question.dataset.name;
      const condition = survey.show_if[name];
      if (condition && holds(condition, facts) !== true) return;
      visible.add(question);
      facts[name] = answer(name);
      all(question, ".line input").forEach((input) => { facts[input.name] = answer(input.name); });
    });
    return facts;
  };
  const path = () => screens.filter((screen) => screen.section.matches(".contact") || screen.questions.some((q) => visible.has(q)));

  let here = screens[0];
  let furthest = 0;
  const show = (screen, focus) => {
    weigh();
    const way = path();
    here = way.includes(screen) ? screen : way[0];
    const at = way.indexOf(here);
    all(form, ".now").forEach((element) => element.classList.remove("now"));
    (here.whole ? all(form, ".page:not(.contact)") : [here.section]).forEach((section) => section.classList.add("now"));
    here.questions.forEach((question) => question.classList.toggle("now", visible.has(question)));
    const asks = (step) => !step.section.matches(".contact") && step.questions.some((q) => visible.has(q) && !q.matches(".statement"));
    const counted = way.filter(asks);
    const nth = counted.indexOf(here);
    const text = here.section.matches(".contact") ? words.gate : nth < 0 ? "" : survey.mode === "one_per_screen" ? words.question : words.page;
    $("where").textContent = counted.length < 2 && !here.section.matches(".contact") ? "" : text.replace("{n}", nth + 1).replace("{of}", counted.length);
    furthest = Math.max(furthest, (at + 1) / (way.length + 1));
    document.querySelector(".progress i").style.transform = `scaleX(${furthest})`;
    const last = at === way.length - 1;
    go.textContent = last ? words.result : way[at + 1].section.matches(".contact") ? words.details : words.next;
    back.hidden = at === 0 || !survey.back;
    document.querySelectorAll(".intro").forEach((intro) => { intro.hidden = at > 0; });
    if (here.section.matches(".contact")) tease();
    if (focus) {
      scrollTo(0, 0);
      const target = here.section.matches(".contact") ? here.section.querySelector("h2,.question input") : here.questions.find((q) => visible.has(q));
      const title = target.matches("h2,input") ? target : target.querySelector("legend,input,select,textarea") || target;
      title.focus({ preventScroll: true });
    }
  };
  const move = (by) => {
    weigh();
    const way = path();
    const next = way[way.indexOf(here) + by];
    if (!next) return false;
    tell("");
    unsummarise();
    show(next, true);
    history.pushState(screens.indexOf(next), "");
    return true;
  };
  addEventListener("popstate", (event) => show(screens[event.state || 0], true));

  // --- mistakes -------------------------------------------------------------------------------------------------
  const tell = (text) => { told.textContent = text; told.classList.toggle("bad", !!text); };
  const mark = (question, text) => {
    all(question, ".wrong").forEach((old) => old.remove());
    const field = question.matches("fieldset") ? question : question.querySelector("input,select,textarea");
    if (!text) { field && field.removeAttribute("aria-invalid"); return; }
    const line = document.createElement("p");
    line.className = "wrong";
    line.id = "wrong-" + question.dataset.name;
    line.textContent = text;
    const title = question.querySelector("legend,.title");
    title ? title.after(line) : question.prepend(line);
    if (!question.matches("fieldset")) field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", line.id);
  };
  const mistake = (question) => {
    const fields = all(question, "input,select,textarea").filter((field) => !field.name.endsWith(".other"));
    if (!fields.length) return "";
    const given = all(question, ".matrix .line").length
      ? all(question, ".matrix .line").every((line) => line.querySelector(":checked"))
      : fields.some((field) => answer(field.name) !== null);
    if (!given) return "required" in question.dataset ? (question.matches("fieldset") || fields[0].matches("select") ? words.choose : words.fill) : "";
    const group = question.querySelector(".several");
    const ticked = group ? all(group, ":checked").length : 0;
    if (group && ticked < (group.dataset.min || 0) && !question.querySelector("[data-alone]:checked")) return words.few.replace("{n}", group.dataset.min);
    if (group && group.dataset.max && ticked > group.dataset.max) return words.many.replace("{n}", group.dataset.max);
    const wrong = fields.find((field) => field.dataset.wrong && (!field.checkValidity() || ("number" in field.dataset && number(field.value.replace(/\s/g, "").replace(",", ".")) === null)));
    return wrong ? wrong.dataset.wrong : "";
  };
  const check = (screen) => {
    const wrong = screen.questions.filter((question) => {
      const text = visible.has(question) ? mistake(question) : "";
      mark(question, text);
      return text;
    });
    if (wrong.length > 1) summarise(wrong);
    else {
      unsummarise();
      if (wrong.length) wrong[0].querySelector("input,select,textarea").focus();
    }
    return !wrong.length;
  };
  const unsummarise = () => { const old = $("summary"); if (old) old.remove(); };
  const summarise = (wrong) => {
    unsummarise();
    const box = document.createElement("div");
    box.className = "summary";
    box.id = "summary";
    box.tabIndex = -1;
    box.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.textContent = words.several.replace("{n}", wrong.length);
    const list = document.createElement("ul");
    wrong.forEach((question) => {
      const link = document.createElement("a");
      const field = question.querySelector("input,select,textarea");
      const name = question.querySelector("legend,.title,.tick span");
      link.href = "#" + (field.id || question.id);
      link.textContent = (name ? name.firstChild.textContent.trim() + ": " : "") + question.querySelector(".wrong").textContent;
      link.addEventListener("click", (event) => { event.preventDefault(); field.focus(); });
      const line = document.createElement("li");
      line.append(link);
      list.append(line);
    });
    box.append(title, list);
    form.before(box);
    box.focus();
    box.scrollIntoView({ block: "start" });
  };

  // --- keeping and sending --------------------------------------------------------------------------------------
  const body = () => {
    weigh();
    all(form, ".question").forEach((question) => all(question, "input,select,textarea").forEach((field) => { field.disabled = !visible.has(question); }));
    const sent = new URLSearchParams(new FormData(form));
    all(form, ".question [disabled]").forEach((field) => { field.disabled = false; });
    return sent;
  };
  const keep = () => {
    try { sessionStorage.setItem(shelf, JSON.stringify([...new FormData(form)].filter(([name]) => name !== "key"))); } catch { /* no storage: nothing is kept across a reload */ }
  };
  const restore = () => {
    let kept = [];
    try { kept = JSON.parse(sessionStorage.getItem(shelf)) || []; } catch { return; }
    kept.forEach(([name, value]) => inputs(name).forEach((field) => {
      if (field.type === "hidden" || field.closest(".honeypot")) return;
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.checked || field.value === value;
      else field.value = value;
    }));
  };
  let lastSent = "";
  const key = (sent) => {
    // The same answers sent again bring the same key, so that a retry is never a second response.
    sent.delete("key");
    if (String(sent) !== lastSent || !form.elements.key.value) {
      lastSent = String(sent);
      form.elements.key.value = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    sent.set("key", form.elements.key.value);
  };
  const ask = (sent) => fetch(location.href, { method: "POST", body: sent, headers: { Accept: "application/json" } });
  const send = async () => {
    const sent = body();
    key(sent);
    go.disabled = true;
    tell(words.sending);
    told.classList.remove("bad");
    try {
      const reply = await ask(sent);
      const said = await reply.json();
      if (said.location) {
        try { sessionStorage.removeItem(shelf); } catch { /* nothing was kept */ }
        location.assign(said.location);
        return;
      }
      if (said.problems) refuse(said.problems);
      else tell([said.title, said.advice].join(". "));
    } catch { tell(words.offline); }
    go.disabled = false;
  };
  const refuse = (problems) => {
    form.elements.homepage.value = "";
    const places = problems.map((problem) => [all(form, ".question").find((question) => question.dataset.name === problem.name), problem.text]);
    places.forEach(([question, text]) => question && mark(question, text));
    const first = places.find(([question]) => question);
    tell(first ? "" : problems.map((problem) => problem.text).join(" "));
    if (!first) return;
    show(screens.find((screen) => screen.questions.includes(first[0])), true);
    const wrong = here.questions.filter((question) => question.querySelector(".wrong"));
    if (wrong.length > 1) summarise(wrong);
    else first[0].querySelector("input,select,textarea").focus();
  };
  let teased = "";
  const tease = async () => {
    const place = $("teaser");
    if (!place) return;
    const sent = body();
    if (String(sent) === teased) return;
    teased = String(sent);
    sent.set("step", "teaser");
    try {
      const said = await (await ask(sent)).json();
      place.hidden = said.shown === undefined || said.shown === null;
      place.querySelector("strong").textContent = said.shown;
      place.querySelector("b").textContent = said.band ? "· " + said.band : "";
    } catch { place.hidden = true; }
  };

  // --- hands ----------------------------------------------------------------------------------------------------
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (go.disabled) return;
    weigh();
    if (check(here) && !move(1)) send();
  });
  back.addEventListener("click", () => move(-1));
  form.addEventListener("input", (event) => {
    const field = event.target;
    if (field.type === "range") field.parentElement.querySelector("output").textContent = field.value;
    if (field.type === "checkbox" && field.checked && field.closest(".several"))
      all(field.closest(".several"), "input").forEach((box) => {
        if (box !== field && ("alone" in field.dataset || "alone" in box.dataset)) box.checked = false;
      });
    const question = field.closest(".question");
    if (question && question.querySelector(".wrong")) mark(question, mistake(question));
    if (here.questions.length > 1) { weigh(); here.questions.forEach((q) => q.classList.toggle("now", visible.has(q))); }
    keep();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input:not([type=radio],[type=checkbox]),select,textarea,button,a");
    if (event.key === "Enter" && !event.target.matches("textarea,button,a")) { event.preventDefault(); form.requestSubmit(); return; }
    if (typing || event.key.length > 1 || here.section.matches(".contact")) return;
    const active = event.target.closest(".question") || here.questions.find((question) => visible.has(question));
    const rows = active ? all(active, ".rows input") : [];
    const scale = active ? all(active, ".points input") : [];
    const nth = /[1-9]/.test(event.key) ? event.key - 1 : event.key.toUpperCase().charCodeAt(0) - 65;
    const chosen = rows[nth] || scale.find((input) => input.value === event.key);
    if (!chosen) return;
    event.preventDefault();
    chosen.focus();
    chosen.click();
  });

  all(form, "select[data-first]").forEach((select) => {
    const names = new Intl.DisplayNames([root.lang], { type: "region" });
    const first = select.dataset.first.split(" ").filter(Boolean);
    const named = survey.countries.split(" ").map((code) => [names.of(code), code]).sort((a, b) => a[0].localeCompare(b[0], root.lang));
    const offered = [...first.map((code) => [names.of(code), code]), ...named.filter(([, code]) => !first.includes(code))];
    select.append(...offered.map(([name, code]) => new Option(name, code)));
  });
  restore();
  root.classList.add("ready");
  history.replaceState(0, "");
  show(screens[0], false);
})();
