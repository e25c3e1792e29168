// The parts of the page that others change.
export const $ = (id) => document.getElementById(id);
export const form = () => $("form");
export const all = (root, selector) => [...root.querySelectorAll(selector)];

// Fields have names such as `text!@en pages/…`; hidden ones of the form itself are its state.
export const fields = () => (form() ? [...form().elements].filter((field) => field.name && field.type !== "hidden" && field.name.includes(" ")) : []);
export const named = (name) => fields().filter((field) => field.name === name);

export const say = (status) => {
  const line = $("status");
  const text = line.dataset[status] || status;
  if (line.textContent !== text) line.textContent = text;
};
