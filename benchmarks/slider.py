"""`make bench`: from a slider's key press to the redrawn charts in Chromium, beside the barest slider in Streamlit."""

import os
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.client import cpu_ms
from benchmarks.run import serving
from budget.sample import open_sample
from budget.store import open_store
from tests.browser.find_chromium import HOW, find_chromium

ROOT = Path(__file__).parents[1]
WARM_UP, MOVES, ROUNDS = 4, 12, 3
QUIET_MS = 250
WANTED_MS = 250
CHART = '[data-testid="stVegaLiteChart"]'
BARE, OURS = ("slider", 1), ("whatif", 2)
"""The key of the slider, and how many charts it draws: the last ones of its page."""
WATCH = """chart => {
  window.__pressed = 0; window.__drawn = {};
  document.addEventListener('keydown', () => { window.__pressed = performance.now(); window.__drawn = {} }, true);
  const seen = records => {
    for (const record of records) {
      const at = record.target.nodeType === 1 ? record.target : record.target.parentElement;
      const drawn = at && at.closest(chart);
      const all = [...document.querySelectorAll(chart)];
      if (drawn) window.__drawn[all.length - all.indexOf(drawn)] = performance.now();
    }
  };
  new MutationObserver(seen).observe(document.body,
    {subtree: true, childList: true, attributes: true, characterData: true});
}"""
DONE = """([charts, quiet]) => {
  const times = [...Array(charts).keys()].map(place => window.__drawn[place + 1]);
  if (times.some(time => time === undefined)) return false;
  const last = Math.max(...times);
  return performance.now() - last < quiet ? false : last - window.__pressed;
}"""


@dataclass(frozen=True)
class Speed:
    """Median and slowest tenth of ms from key press to the last redrawn mark, and server CPU ms of a movement."""

    median_ms: float
    slow_ms: float
    cpu_ms: float


def moved(page: Page, charts: int, key: str) -> float:
    """One key press on the slider; ms until all charts are drawn anew."""
    page.keyboard.press(key)
    return float(page.wait_for_function(DONE, arg=[charts, QUIET_MS], polling=20).json_value())


class Slider:
    """A page whose slider has the focus."""

    def __init__(self, browser: Browser, address: str, pid: int, slider: str, charts: int) -> None:
        self.pid, self.charts = pid, charts
        self.page = browser.new_page(viewport={"width": 1280, "height": 2400})
        self.page.goto(address)
        self.page.locator(f'[class*="st-key-{slider}"] input[type="range"]').first.wait_for(timeout=120_000)
        self.page.locator(f"{CHART} svg.marks").last.wait_for()
        self.page.locator(f'[class*="st-key-{slider}"] input[type="range"]').first.focus()
        self.page.evaluate(WATCH, CHART)
        self.times: list[float] = []
        self.cpu: list[float] = []
        self.rounds = 0
        for key in ("ArrowLeft", "ArrowRight") * (WARM_UP // 2):
            moved(self.page, charts, key)

    def measure(self) -> None:
        """One round of movements, back and forth over several values."""
        before = cpu_ms(self.pid)
        keys = ["ArrowLeft"] * (MOVES // 2) + ["ArrowRight"] * (MOVES // 2)
        self.times += [moved(self.page, self.charts, key) for key in keys]
        self.cpu.append((cpu_ms(self.pid) - before) / MOVES)

    @property
    def speed(self) -> Speed:
        """What was measured so far."""
        times = sorted(self.times)
        return Speed(statistics.median(times), times[int(len(times) * 0.9)], min(self.cpu))


def main() -> None:
    """Print both sliders, measured in turns in one browser, and their ratio."""
    program = find_chromium()
    if program is None:
        raise SystemExit(HOW)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PAYOFF_DATA_DIR"] = folder
        store = open_store()
        open_sample(store)
        store.close()
        bare_script, ours_script = ROOT / "benchmarks" / "bare_slider.py", ROOT / "streamlit_app.py"
        with (
            serving(bare_script, 8593, Path(folder)) as (bare_url, bare_pid),
            serving(ours_script, 8594, Path(folder)) as (our_url, our_pid),
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
            )
            bare = Slider(browser, bare_url, bare_pid, *BARE)
            ours = Slider(browser, f"{our_url}/optimise", our_pid, *OURS)
            for _ in range(ROUNDS):
                for slider in (bare, ours):
                    slider.page.bring_to_front()
                    slider.measure()
            _print(bare.speed, ours.speed)
            browser.close()


def _print(bare: Speed, ours: Speed) -> None:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"\n{'slider to redrawn charts':<28}{'median ms':>10}{'9 of 10':>9}{'CPU ms':>8}   {MOVES * ROUNDS} movements"
    )
    for name, speed in (("barest Streamlit slider", bare), ("what-if budget, two charts", ours)):
        print(f"{name:<28}{speed.median_ms:10.0f}{speed.slow_ms:9.0f}{speed.cpu_ms:8.0f}")
    verdict = "held" if ours.median_ms < WANTED_MS else "not held"
    print(f"ratio {ours.median_ms / bare.median_ms:.2f}; under {WANTED_MS} ms: {verdict}; load {load:.1f} on "
          f"{os.cpu_count()} cores", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
