"""Log lines as JSON with fields; alerts are lines of level error and a counter that Prometheus can watch."""

from __future__ import annotations

import json
import logging
import sys

from prometheus_client import Counter

ALERTS = Counter("zhitongche_alerts", "What somebody who runs the system has to look at", ["what"])
_PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and whatever was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {key: value for key, value in vars(record).items() if key not in _PLAIN}
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **fields,
        }
        return json.dumps(line, ensure_ascii=False, default=str)


def set_up_logging(level: str = "INFO") -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("apscheduler", "urllib3", "pymongo"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


class LoggedAlerts:
    """Implements app.services.ports.basics.Alerts."""

    def __init__(self) -> None:
        self._log = logging.getLogger("app.alerts")

    def raise_alert(self, what: str, **facts: object) -> None:
        ALERTS.labels(what).inc()
        self._log.error(what, extra={"facts": facts})
