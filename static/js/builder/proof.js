// The search for problems runs beside typing. Until its word on this state is there, the page asks for it; then it shows
// the page anew, unless something is being saved, which brings it along.
import { $ } from "./dom.js";
import { onShow } from "./page.js";
import { reload } from "./save.js";

const PAUSES = [250, 250, 300, 500, 700, 1000, 2000, 3000, 5000, 8000];
let timer = 0;

const ask = async (times) => {
  const { address, revision } = $("proof").dataset;
  try {
    const reply = await fetch(address);
    const proved = reply.ok ? (await reply.json()).revision : 0;
    if ($("proof").dataset.revision !== revision) return;
    if (proved >= +revision) reload();
    else wait(times + 1);
  } catch { wait(times + 1); }
};
const wait = (times) => {
  clearTimeout(timer);
  if ($("proof") && "waiting" in $("proof").dataset && times < PAUSES.length) timer = setTimeout(ask, PAUSES[times], times);
};

export const startProofs = () => {
  wait(0);
  onShow(() => wait(0));
};
