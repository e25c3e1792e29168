// Fills in fields: what the address says, before anybody types. A consent is never ticked by an address.
import { inputs, query } from "./dom.js";
import { nameCountries } from "./country_select.js";

export const setValue = (field, value) => {
  if (field.type === "radio" || field.type === "checkbox") field.checked = field.checked || field.value === value;
  else {
    nameCountries(field.parentElement);
    field.value = value;
  }
  delete field.dataset.untouched;
};
// Of a parameter given twice the first one counts.
export const prefill = () => query.forEach((_, name) => {
  const fields = inputs(name).filter((field) => field.closest(".question") && !field.closest(".tick"));
  const several = fields.length > 1 && fields[0].type !== "radio" ? query.get(name).split(",") : [query.get(name)];
  several.forEach((part, nth) => (fields[0] && fields[0].matches("select") && fields[nth] ? [fields[nth]] : fields).forEach((field) => setValue(field, part)));
});
