// Choices in an order of each visitor's own, the same as long as the visit lasts. The page is the same for everybody;
// fixed choices keep their place, and the letters follow the order that is shown.
const shelf = "order";
const fresh = () => crypto.getRandomValues(new Uint32Array(1))[0];
let seed;
try {
  seed = +sessionStorage.getItem(shelf) || fresh();
  sessionStorage.setItem(shelf, seed);
} catch { seed = fresh(); }

// mulberry32, begun anew for each list.
const chance = (start) => () => {
  start = (start + 0x6d2b79f5) | 0;
  let mixed = Math.imul(start ^ (start >>> 15), 1 | start);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};
const named = (text) => [...text].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, seed);

document.forms[0].querySelectorAll("[data-shuffle]").forEach((list) => {
  const places = [...list.children];
  const moves = (choice) => !("fixed" in choice.dataset) && choice.value !== "";
  const free = places.filter(moves);
  const next = chance(named(list.closest(".question").dataset.name));
  for (let at = free.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [free[at], free[other]] = [free[other], free[at]];
  }
  const keys = places.map((place) => { const key = place.querySelector(".key"); return key && key.textContent; });
  const chosen = list.value;
  const ordered = places.map((place) => (moves(place) ? free.shift() : place));
  list.append(...ordered);
  if (list.matches("select")) list.value = chosen;
  else ordered.forEach((place, nth) => { place.querySelector(".key").textContent = keys[nth]; });
});
