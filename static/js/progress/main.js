// One segment for each page, filled as far as somebody came: it never runs backwards.
const marks = [...document.querySelectorAll(".steps li")];
let furthest = 0;
const look = () => {
  const at = [...document.querySelectorAll(".page")].findIndex((page) => page.matches(".is-current"));
  furthest = Math.max(furthest, at);
  marks.forEach((mark, nth) => {
    mark.classList.toggle("done", nth <= furthest);
    mark.toggleAttribute("aria-current", nth === at);
    if (nth === at) mark.setAttribute("aria-current", "step");
  });
};
new MutationObserver(look).observe(document.forms[0], { subtree: true, attributeFilter: ["class"] });
look();
