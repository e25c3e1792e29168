// What the page hears: an event that rises to the window, a function it named and, with consent, its analytics.
// Never an answer, never an address.
import { agreed, option, slug } from "./options.js";

const ANALYTICS = { started: "lq_start", question_changed: "lq_progress", submitted: "lq_complete" };

const measure = (event, about) => {
  if (window.gtag) gtag("event", event, about);
  else (window.dataLayer = window.dataLayer || []).push({ event, ...about });
};

export const emit = (element, type, { version, question, response, height, cta, lead } = {}) => {
  const survey = slug(element), detail = { survey, version, question, response, height, cta };
  element.dispatchEvent(new CustomEvent("lq:" + type, { bubbles: true, detail }));
  const callback = option(element, "on-" + type.replace("_", "-"));
  // Whoever may write attributes into a page, as in a comment, must not be able to call what they like in it.
  if (callback?.startsWith("lq")) window[callback]?.(detail);
  if (agreed(element) && ANALYTICS[type]) {
    measure(ANALYTICS[type], { survey_id: survey, step: question });
    if (lead) measure("generate_lead", { lead_source: survey, currency: option(element, "currency"), value: +option(element, "value") });
  }
};
