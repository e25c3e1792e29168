"""How soon somebody on a slow phone can answer the first question, and what it cost to get there.

Chromium with the network of "Slow 4G" (562.5 ms a request, 1.44 Mbit/s down) and a processor four times slower, cold
unless asked otherwise. All times are on the clock of the page that was opened, frames included:

    visible      an answer stands there, has a size and can be used
    interactive  after that, the page answered a frame and a task within 50 ms twice in a row
    click        a real click on the first answer until the page shows it
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Frame, Page, Playwright

SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
SLOWER = 4
# One process for all frames, so that throttling reaches a frame of another site too.
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-default-apps --disable-extensions "
    "--disable-features=Translate,OptimizationHints,MediaRouter,IsolateOrigins,site-per-process"
).split()
PATIENCE = 60
WATCH = """(() => {
  const wanted = %s;
  let seen = 0, calm = 0;
  const now = () => performance.timeOrigin + performance.now();
  const usable = () => [...document.querySelectorAll(wanted)].find((field) => {
    if (field.disabled) return false;
    const place = field.closest("label") || field;
    const box = place.getBoundingClientRect(), style = getComputedStyle(place);
    return box.width > 1 && box.height > 1 && style.visibility === "visible";
  });
  const look = () => {
    if (!document.documentElement || !usable()) { requestAnimationFrame(look); return; }
    seen = seen || now();
    const asked = performance.now();
    requestAnimationFrame(() => setTimeout(() => {
      calm = performance.now() - asked < 50 ? calm + 1 : 0;
      if (calm > 1) window.firstQuestion = { visible: seen, interactive: now() };
      else look();
    }));
  };
  requestAnimationFrame(look);
})()"""
CLICK = """async (wanted) => {
  const field = [...document.querySelectorAll(wanted)].find((one) => !one.disabled);
  const place = field.closest("label") || field, began = performance.now();
  const state = () => [field.checked, place.className, document.activeElement === field].join();
  const before = state();
  place.click();
  while (state() === before && performance.now() - began < 3000) await new Promise(requestAnimationFrame);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """Milliseconds, bytes as they went over the wire (headers included), requests, and megabytes of JavaScript heap."""

    visible: float
    interactive: float
    click: float
    script: float
    bytes: int
    requests: int
    heap: float


def look(play: Playwright, address: str, wanted: str, *, twice: bool = False) -> Seen:
    """One look with a browser of its own; `twice` reports the second visit of the same browser."""
    with tempfile.TemporaryDirectory() as profile:
        context = play.chromium.launch_persistent_context(
            profile,
            executable_path="/usr/bin/chromium",
            headless=True,
            args=FLAGS,
            viewport={"width": 412, "height": 823},
        )
        try:
            return _look(context.pages[0], address, wanted, twice)
        finally:
            context.close()


def _look(page: Page, address: str, wanted: str, twice: bool) -> Seen:
    page.add_init_script(WATCH % json.dumps(wanted))
    tools = page.context.new_cdp_session(page)
    for domain in ("Network", "Performance", "Page"):
        tools.send(f"{domain}.enable")
    counted: dict[str, int] = {}
    kinds: dict[str, str] = {}
    tools.on("Network.responseReceived", lambda said: kinds.update({said["requestId"]: said["response"]["url"]}))
    tools.on("Network.loadingFinished", lambda said: counted.update({said["requestId"]: said["encodedDataLength"]}))
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if twice:
        page.goto(address, wait_until="load")
        _first_question(page)
        page.goto("about:blank")
    counted.clear()
    page.goto(address, wait_until="commit")
    frame, at = _first_question(page)
    start = page.evaluate("performance.timeOrigin")
    page.wait_for_load_state("load")
    figures = _figures(tools)
    click = frame.evaluate(CLICK, wanted)
    tools.send("HeapProfiler.collectGarbage")
    paid = {name: size for name, size in counted.items() if not kinds.get(name, "data:").startswith("data:")}
    return Seen(
        at["visible"] - start, at["interactive"] - start, click, figures["ScriptDuration"] * 1000,
        int(sum(paid.values())), len(paid), _figures(tools)["JSHeapUsedSize"] / 1e6,
    )  # fmt: skip


def _first_question(page: Page) -> tuple[Frame, Mapping[str, float]]:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        for frame in page.frames:
            try:
                at = frame.evaluate("window.firstQuestion || null")
            except Exception:  # noqa: BLE001 (a frame that is just being replaced)
                continue
            if at:
                return frame, at
        page.wait_for_timeout(50)
    raise SystemExit("the first question never came")


def _figures(tools: CDPSession) -> dict[str, float]:
    return {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}


def median(looks: list[Seen], name: str) -> float:
    return statistics.median(float(getattr(one, name)) for one in looks)


def line(label: str, looks: list[Seen]) -> str:
    shown: dict[str, Any] = {name: median(looks, name) for name in Seen.__slots__}
    return (
        f"{label:<34}{shown['visible']:8.0f}{shown['interactive']:12.0f}{shown['click']:7.0f}{shown['script']:8.0f}"
        f"{shown['bytes']:10.0f}{shown['requests']:9.0f}{shown['heap']:8.1f}"
    )
