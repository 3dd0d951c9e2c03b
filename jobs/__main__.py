"""`python -m jobs`: the process that reminds and dispatches. Start a second one on another machine as a standby."""

from __future__ import annotations

import os
import signal
import sys
import threading

from prometheus_client import start_http_server

from app.config import Settings, SettingsError
from app.container import build
from app.logs import set_up_logging
from app.services.ports.basics import StoreAway
from jobs.runner import Runner
from jobs.schedule import jobs


def main() -> None:
    set_up_logging(os.environ.get("LOG_LEVEL", "INFO"))
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        sys.exit(f"直通车 cannot start: {error}")
    container = build(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        try:
            container.world.stores.database.ensure_indexes()
            break
        except StoreAway:
            stop.wait(2)
    if port := os.environ.get("JOBS_METRICS_PORT"):
        start_http_server(int(port), "127.0.0.1")
    runner = Runner(container.world, jobs(settings))
    runner.start()
    stop.wait()
    runner.stop()
    container.close()


if __name__ == "__main__":
    main()
