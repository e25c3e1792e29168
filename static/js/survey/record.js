// What is known of this visit. Short names, for the record lies in everybody's browser: publication, draft, visit, the
// mailed link that was opened, and (storage.js) the time of the last change and the hidden fields. Whoever opens such a link goes on under a
// number of their own. `typed` are [name, value] pairs, `seen` names of questions, `at` those on the screen now.
import { query, survey } from "./dom.js";

export const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const record = { p: survey.publication, d: random(), v: random(), r: query.get("resume"), typed: [], seen: [] };
