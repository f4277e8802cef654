"""Take a picture of every page, in both appearances and two sizes, with a run at work.

    python benchmarks/screenshots.py FOLDER

For looking at, and for README: `python benchmarks/screenshots.py --readme` renews assets/screenshots.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from find_browser import installed  # noqa: E402
from serving import Served  # noqa: E402

PAGES = ("start", "data", "build", "repair", "train", "runs")
SIZES = ((1440, 900), (1280, 720))
README = {"start": "light", "build": "dark", "repair": "light", "train": "light", "runs": "dark"}
FAULTY = ROOT / "benchmarks" / "faulty_residual.json"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--readme", action="store_true", help="renew the pictures of README")
    options = parser.parse_args()
    folder = ROOT / "assets" / "screenshots" if options.readme else options.folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        server = Served(Path(home))
        try:
            take(server.address, folder, options.readme)
        finally:
            server.stop()


def take(address: str, folder: Path, readme: bool) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        train_once(page, address, epochs="15")
        train_once(page, address, epochs="60")
        page.close()
        for theme in ("light", "dark"):
            for width, height in SIZES[:1] if readme else SIZES:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
                for name in PAGES:
                    if readme and README.get(name) != theme:
                        continue
                    target = folder / (f"{name}.png" if readme else f"{name}-{theme}-{width}.png")
                    picture(context.new_page(), address, name, target)
                context.close()
        browser.close()


def train_once(page: Page, address: str, epochs: str) -> None:
    page.goto(f"{address}/train")
    field = page.get_by_label("Epochs", exact=True)
    field.wait_for(timeout=60_000)
    field.fill(epochs)
    field.press("Enter")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Train", exact=True).click()
    page.locator("[data-testid=live-curves][data-state=finished]").wait_for(timeout=120_000)


def picture(page: Page, address: str, name: str, target: Path) -> None:
    page.goto(address if name == "start" else f"{address}/{'build' if name == 'repair' else name}")
    page.wait_for_selector('[data-testid="stMainBlockContainer"]')
    if name == "build":
        page.get_by_test_id("node").nth(2).wait_for()
        page.wait_for_timeout(1500)
        page.get_by_test_id("node").nth(2).click(position={"x": 60, "y": 14})
    if name == "repair":
        show_repair(page)
    page.wait_for_timeout(4000)
    page.screenshot(path=target)
    print(target, time.strftime("%H:%M:%S"))
    page.close()


def show_repair(page: Page) -> None:
    """A drawing with a fault, its card open, and where its first repair would go."""
    page.get_by_test_id("node").first.wait_for()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open", exact=True).click()
        page.get_by_test_id("open-file").click()
    chooser.value.set_files(FAULTY)
    page.locator("[data-node-id=join][data-state=fault]").click(position={"x": 80, "y": 14})
    page.get_by_test_id("repair").first.hover()


if __name__ == "__main__":
    main()
