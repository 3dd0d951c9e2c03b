"""Finding Chromium for the tests and the screenshots; `python dev/browser.py` installs it where the system allows.

Chromium comes from the system (CHROMIUM names another one), never from a test tool's download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
)


def executable() -> str:
    """The path of the browser; empty when there is none."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), "")


def has_chinese() -> bool:
    """Whether some font draws Chinese; without one a screenshot shows boxes."""
    if not shutil.which("fc-list"):
        return sys.platform != "linux"  # other systems bring one
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def main() -> None:
    if executable() and has_chinese():
        return
    if not shutil.which("apt-get") or os.geteuid():
        sys.exit(f"the page tests need Chromium and a Chinese font: install {' '.join(PACKAGES)}, or set CHROMIUM")
    print("installing Chromium ...", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=True)
    install = ["apt-get", "install", "-y", "-qq", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends", *PACKAGES]
    subprocess.run(install, env=quiet, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
