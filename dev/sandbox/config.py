"""What the sandbox is told at its start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Account = Literal["mp", "oa"]

DEMO_AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@dataclass(frozen=True)
class SandboxConfig:
    """Settings of one sandbox. ``data_dir=None`` keeps everything in memory; ``push_url=None`` pushes nothing.

    ``push_retry_pause`` and ``media_check_delay`` are in seconds; without ``aes_key`` pushes are plain.
    """

    data_dir: Path | None = None
    port: int = 8001
    push_url: str | None = None
    preview_url: str | None = None
    mp_appid: str = "wxdemo0000000000mp"
    mp_secret: str = "demo-mp-secret"
    oa_appid: str = "wxdemo0000000000oa"
    oa_secret: str = "demo-oa-secret"
    push_token: str = "demo-push-token"
    aes_key: str = DEMO_AES_KEY
    push_timeout: float = 5.0
    push_retry_pause: float = 0.2
    media_check_delay: float = 0.3

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> SandboxConfig:
        """Read the environment of ``python -m dev.sandbox``; raises ValueError on a port that is no number."""
        data_dir = env.get("DATA_DIR", "./var")
        return cls(
            data_dir=None if data_dir == ":memory:" else Path(data_dir),
            port=int(env.get("SANDBOX_PORT", "8001")),
            push_url=env.get("PUSH_URL") or f"http://127.0.0.1:{env.get('PORT', '8000')}/wechat/push",
            preview_url=env.get("PREVIEW_URL") or None,
            mp_appid=env.get("WECHAT_MP_APPID", cls.mp_appid),
            mp_secret=env.get("WECHAT_MP_SECRET", cls.mp_secret),
            oa_appid=env.get("WECHAT_OA_APPID", cls.oa_appid),
            oa_secret=env.get("WECHAT_OA_SECRET", cls.oa_secret),
            push_token=env.get("WECHAT_OA_TOKEN", cls.push_token),
            aes_key=env.get("WECHAT_OA_AES_KEY", cls.aes_key),
        )

    def appid(self, account: Account) -> str:
        """The appid of the mini-program (``mp``) or of the Official Account (``oa``)."""
        return self.mp_appid if account == "mp" else self.oa_appid

    def secrets(self) -> dict[str, str]:
        """The secret of each appid known here."""
        return {self.mp_appid: self.mp_secret, self.oa_appid: self.oa_secret}
