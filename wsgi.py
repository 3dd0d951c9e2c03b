"""gunicorn's entry: `gunicorn -c deploy/gunicorn.py wsgi:app`."""

from __future__ import annotations

import contextlib
import os
import sys

from app.config import Settings, SettingsError
from app.container import build
from app.logs import set_up_logging
from app.services.ports.basics import StoreAway
from app.web.factory import create_app
from app.web.http import Services

set_up_logging(os.environ.get("LOG_LEVEL", "INFO"))
try:
    settings = Settings.from_env(os.environ)
except SettingsError as error:
    sys.exit(f"直通车 cannot start: {error}")
container = build(settings)
with contextlib.suppress(StoreAway):  # it answers 503 until the database is there; the jobs create the indexes too
    container.world.stores.database.ensure_indexes()
app = create_app(
    Services(container.world, container.directory, container.push_desk),
    settings.requests_per_minute,
    settings.trusted_proxies,
)
