// "Continue later": has the link back mailed.
import { $, form, words } from "./dom.js";
import { ask } from "./api.js";
import { snapshot } from "./autosave.js";
import { showStatus } from "./errors.js";

export const mailLink = async (button) => {
  const body = snapshot();
  body.set("later", form.elements.later.value);
  button.disabled = true;
  try {
    const reply = await ask("/resume-link", body);
    showStatus(reply.text || [reply.title, reply.advice].join(". "), !reply.sent);
    if (reply.sent) $("later").open = false;
  } catch { showStatus(words.offline); }
  button.disabled = false;
};
