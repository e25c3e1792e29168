// What stands in a number's field, for the common script, which runs after this one: the number, and what is wrong with
// it as a sentence. The sentences stand on the field.
import { read } from "./notation.js";

document.forms[0].readNumber = (field) => {
  const { dataset } = field;
  const { number, wrong, low, high } = read(field.value, dataset);
  const name = { number: "wrong", unclear: "unclear", small: "small", large: "large", step: "off" }[wrong];
  return { number: number === null ? null : +number, text: name ? dataset[name].replace("{low}", low).replace("{high}", high) : "" };
};
