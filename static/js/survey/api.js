// Requests to the server: each command of the form has its own address below the survey's.
import { all, form, questions } from "./dom.js";
import { visible, weigh } from "./path.js";

// What is on the path and nothing else; the server would drop the rest without a word.
export const formBody = (more) => {
  weigh();
  const fields = questions().flatMap((question) => all(question, "input,select,textarea").map((field) => [field, !visible.has(question) || "untouched" in field.dataset]));
  fields.forEach(([field, off]) => { field.disabled = off; });
  const body = new URLSearchParams(new FormData(form));
  fields.forEach(([field]) => { field.disabled = false; });
  body.delete("later");
  for (const name in more) body.set(name, more[name]);
  return body;
};
export const address = (command) => location.pathname + command + location.search;
export const post = (command, body) => fetch(address(command), { method: "POST", body, headers: { Accept: "application/json" } });
export const ask = async (command, body) => (await post(command, body)).json();
