// The frame's side of the talk with the page around it. It speaks to one origin, which must be one the survey allows,
// and hears its parent alone. It says where somebody is, never what they answered.
const place = JSON.parse(document.getElementById("lq").textContent);

// `https://*.example.com` in the survey's list stands for every host below it, as browsers read it.
const allowed = (origin) => origin && origin !== "null" && [location.origin, ...place.origins].some((one) => {
  const [scheme, below] = one.split("*");
  return below ? origin.startsWith(scheme) && origin.endsWith(below) : one === origin;
}) && origin;
const referrer = () => {
  try { return new URL(document.referrer).origin; } catch { return ""; }
};

const outside = parent;
const around = location.ancestorOrigins;
// Inside the frame one page leads to the next: a referrer of our own says nothing of who is around.
let target = around ? allowed(around[0]) : referrer() !== location.origin && allowed(referrer());
let waiting = [], ready = false, tall = 0;
const post = (type, more) => {
  const message = { source: "lq", v: 1, type, survey: place.survey, version: place.version, ...more };
  if (target) outside.postMessage(message, target);
  else waiting.push(message);
};
const present = () => {
  post("ready", { title: place.title });
  ready = true;
};
const measure = () => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height !== tall) post("height", { height: tall = height });
};

const NAMES = /^(utm_\w{1,40}|gclid|gbraid|wbraid|fbclid|msclkid|li_fat_id|lq_referrer|lq_landing|lq_first)$/;
const heard = ({ data, origin, source }) => {
  if (source !== outside || !allowed(origin) || !data || data.source !== "lq" || data.v !== 1 || data.type !== "hello") return;
  target = origin;
  const told = Object.entries(data.context || {}).filter(([name, value]) => NAMES.test(name) && value);
  window.lqContext = Object.fromEntries(told.map(([name, value]) => [name, String(value).slice(0, 2000)]));
  // The page around gives the frame its height: a scrollbar that comes and goes would only move the words.
  if (data.fit) document.documentElement.style.scrollbarWidth = "none";
  const kept = waiting;
  waiting = [];
  if (ready) present();
  if (tall) post("height", { height: tall });
  kept.filter(({ type }) => type !== "ready" && type !== "height").forEach((message) => outside.postMessage(message, target));
};

const TOLD = {
  ready: present,
  started: () => post("started"),
  question_changed: ({ question }) => post("question_changed", { question: String(question) }),
  submitted: ({ response, ending }) => post("submitted", { response: response && String(response), lead: place.lead && !ending }),
};

if (outside !== window) {
  addEventListener("message", heard);
  document.addEventListener("lq", ({ detail }) => {
    if (Object.hasOwn(TOLD, detail.type)) TOLD[detail.type](detail);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented) post("escape"); });
  document.addEventListener("click", ({ target: clicked }) => {
    const link = clicked.closest("a[href]");
    if (!link) return;
    if ("cta" in link.dataset) post("cta_clicked", { cta: link.dataset.cta });
    // What leads away, or to a file, opens beside the page and does not take the frame with it.
    if (link.origin !== location.origin || /\.pdf$/.test(link.pathname)) link.target = "_blank";
  }, true);
  new ResizeObserver(measure).observe(document.body);
  addEventListener("load", () => { if (!ready) present(); });
}
