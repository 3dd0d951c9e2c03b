"""``python -m dev.sandbox``: serve until SIGTERM or Ctrl-C."""

from __future__ import annotations

import logging
import os
import signal
import threading

from dev.sandbox import SandboxConfig, SandboxServer, create_sandbox


def main() -> None:
    """Serve with the settings of the environment."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s sandbox %(levelname)s %(message)s")
    config = SandboxConfig.from_env(os.environ)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with SandboxServer(create_sandbox(config), config.port) as server:
        print(f"微信消息箱（演示）：{server.url}/", flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
