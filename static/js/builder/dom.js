// The parts of the page that others change.
export const $ = (id) => document.getElementById(id);
export const form = () => $("form");
export const all = (root, selector) => [...root.querySelectorAll(selector)];

// Fields have names such as `text!@en pages/…`; hidden ones of the form itself are its state.
export const named = (name) => [...form().elements].filter((field) => field.name === name && field.type !== "hidden");

export const say = (status) => {
  const line = $("status");
  const text = line.dataset[status] || status;
  if (line.textContent !== text) line.textContent = text;
};
