// The effect of a policy’s draft: computed behind, shown when it is there; the old figures stay meanwhile.
import { $ } from "./dom.js";
import { onShow } from "./page.js";

const FIRST = 1000, LONGEST = 10000, MOST = 30;
let timer = 0, pause = FIRST, looks = 0;

const look = async () => {
  timer = 0;
  looks += 1;
  const reply = await fetch(location.href).catch(() => null);
  if (reply && reply.ok) {
    const next = new DOMParser().parseFromString(await reply.text(), "text/html").getElementById("effect");
    const old = $("effect");
    if (next && old && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(next));
  }
  pause = Math.min(pause * 1.5, LONGEST);
  wait();
};
const wait = () => {
  if (!timer && looks < MOST && document.querySelector("#effect [data-waiting]")) timer = setTimeout(look, pause);
};

export const startEffect = () => {
  wait();
  onShow(() => { pause = FIRST; looks = 0; wait(); });
};
