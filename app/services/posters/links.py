"""Links that open the mini-program from outside WeChat, kept in this process: WeChat's serve for 30 days."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from app.domain.errors import NotNow, Reason
from app.services.posters.scenes import PAGE
from app.services.world import World

RENEWED_AFTER = timedelta(days=20)
GOOD_FOR = timedelta(days=29)
"""While WeChat gives no new one; a day less than it serves."""
PAUSE = timedelta(seconds=10)
"""After a failure nobody asks WeChat again for so long: those who scan meanwhile must not queue behind time-outs."""


class ProgramLinks:
    """One for each process. There are as many as there are printed codes, because only known scenes are asked for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[str, tuple[str, datetime]] = {}
        self._failed_at: datetime | None = None
        self._lock = threading.Lock()

    def to(self, scene: str) -> str:
        """The address that opens the mini-program with that scene. Raises NotNow when there is none."""
        with self._lock:
            now = self._world.clock.now()
            link, made_at = self._kept.get(scene, ("", now - GOOD_FOR))
            age = abs(now - made_at)
            if age < RENEWED_AFTER:
                return link
            try:
                link = self._new(scene, now)
            except NotNow:
                if age >= GOOD_FOR:
                    raise
                return link
            self._kept[scene] = link, now
            return link

    def _new(self, scene: str, now: datetime) -> str:
        if self._failed_at is not None and abs(now - self._failed_at) < PAUSE:
            raise NotNow(Reason.WECHAT_AWAY, retry_after=int(PAUSE.total_seconds()))
        try:
            link = self._world.codes.link(PAGE, f"scene={scene}")
        except NotNow:
            self._failed_at = now
            raise
        self._failed_at = None
        return link
