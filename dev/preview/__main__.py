"""``python -m dev.preview``: serve the built preview until SIGTERM or Ctrl-C."""

from __future__ import annotations

import os
import signal
import threading

from dev.preview.server import PreviewConfig, PreviewServer


def main() -> None:
    """Serve with the settings of the environment."""
    config = PreviewConfig.from_env(os.environ)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with PreviewServer(config) as server:
        print(f"小程序预览：{server.url}/", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
