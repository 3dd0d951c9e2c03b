"""Building the mini-program for the browser with Node, where there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILT = "preview"
"""The directory of the built preview, in DATA_DIR."""
OLDEST_NODE = 20


class BuildFailed(Exception):
    """What npm or the compiler said."""


def build(target: Path) -> None:
    """Builds the preview into `target`, and nothing on a machine without Node 20. Raises BuildFailed.

    Packages are installed when the lock file changed since.
    """
    shutil.rmtree(target, ignore_errors=True)
    if has_node():
        install()
        _run("node", "dev/preview/build.mjs", "miniprogram", str(target))


def install() -> None:
    """`npm ci`, unless node_modules is as new as the lock file. Raises BuildFailed."""
    installed, lock = ROOT / "node_modules" / ".package-lock.json", ROOT / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        _run("npm", "ci", "--no-audit", "--no-fund", "--loglevel", "error")


def has_node() -> bool:
    if not shutil.which("node") or not shutil.which("npm"):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)", said)
    return version is not None and int(version[1]) >= OLDEST_NODE


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildFailed(f"{' '.join(command[:2])} failed:\n{done.stdout}{done.stderr}".rstrip())
