// Of several answers there may be too few or too many, and an order may be unfinished: what is wrong, as a sentence, for
// the common script, which runs after this one.
const all = (from, what) => [...from.querySelectorAll(what)];
document.forms[0].limit = (question, words) => {
  const group = question.querySelector(".multiple");
  const ticked = group ? all(group, ":checked").length : 0;
  if (ticked && ticked < (group.dataset.min || 0) && !question.querySelector("[data-alone]:checked")) return words.few.replace("{n}", group.dataset.min);
  if (group && group.dataset.max && ticked > group.dataset.max) return words.many.replace("{n}", group.dataset.max);
  const places = all(question, ".ranking select").map((place) => place.value);
  const ranked = places.filter(Boolean);
  return ranked.length && (ranked.length < places.length || new Set(ranked).size < ranked.length) ? words.rank : "";
};
