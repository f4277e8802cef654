"""Which browser do the tests drive? An installed Chromium or Chrome, else Playwright's own, else Debian's package.

`python tests/e2e/find_browser.py --install` makes sure that there is one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def installed() -> str | None:
    """The path of a browser that is there, or None. `LAYERLOOM_BROWSER` names one."""
    named = os.environ.get("LAYERLOOM_BROWSER")
    if named:
        return named
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    return found or (str(MAC) if MAC.exists() else None) or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """Fetch a browser, the easiest way first."""
    fetched = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if fetched.returncode != 0 and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True)


if __name__ == "__main__":
    if installed() is None and "--install" in sys.argv:
        install()
    found = installed()
    print(found or "No browser was found and none could be installed: install Chromium or Chrome.")
    sys.exit(0 if found else 1)
