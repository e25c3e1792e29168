// What stands in a number's field, for the common script, which runs after this one: the number, and what is wrong with
// it as a sentence.
import { read } from "./notation.js";

document.forms[0].readNumber = ({ value, dataset }) => read(value, dataset);
