// The overall score so far, shown at the contact step.
import { $, form } from "./dom.js";
import { ask, formBody } from "./api.js";

let last = "";
const show = async (place) => {
  const body = formBody();
  if (String(body) === last) return;
  last = String(body);
  // Its place is there before it is: the fields below must not move under a thumb.
  place.hidden = false;
  try {
    const reply = await ask("/teaser", body);
    place.hidden = (reply.shown ?? null) === null;
    place.querySelector("strong").textContent = reply.shown;
    place.querySelector("b").textContent = reply.band ? "· " + reply.band : "";
  } catch { place.hidden = true; }
};
export const startTeaser = () => form.addEventListener("screenchange", ({ detail: gate }) => { if (gate && $("teaser")) show($("teaser")); });
