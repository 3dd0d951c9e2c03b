"""Settings, read once from the environment; a wrong one stops the start with one clear line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

OFFICIAL_WECHAT = "https://api.weixin.qq.com"
DEMO_SECRET = "demo-only-secret-key-0123456789abcdef"
DEMO_ENCRYPTION_KEY = "ZGVtby1vbmx5LWVuY3J5cHRpb24ta2V5LTAxMjM0NTY="
TEMPLATES = ("oa_assigned", "oa_reminder", "oa_digest", "mp_progress", "mp_answer", "mp_supplement", "mp_todo")
"""WeChat templates the program sends; each has a setting WECHAT_TEMPLATE_<NAME> with its id."""


class SettingsError(ValueError):
    """What is wrong with the environment, in one line that names the variable."""


class Environment(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"
    """On one machine with fictitious data: time can be moved, WeChat is the sandbox."""


@dataclass(frozen=True)
class WeChatSettings:
    api_base: str
    mp_appid: str
    mp_secret: str = field(repr=False)
    oa_appid: str = ""
    oa_secret: str = field(default="", repr=False)
    push_token: str = field(default="", repr=False)
    push_aes_key: str = field(default="", repr=False)
    templates: Mapping[str, str] = field(default_factory=dict)
    miniprogram_state: str = "formal"


@dataclass(frozen=True)
class Settings:
    environment: Environment
    mongodb_uri: str = field(repr=False)
    mongodb_database: str
    secret_key: str = field(repr=False)
    encryption_keys: tuple[str, ...] = field(repr=False)
    public_url: str
    default_roster: str
    wechat: WeChatSettings
    clock_offset_file: Path | None
    requests_per_minute: int
    trusted_proxies: int
    dispatch_seconds: int
    sweep_seconds: int

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """The settings in `env` (README.md lists them). Raises SettingsError."""
        try:
            environment = Environment(env.get("APP_ENV", "production"))
        except ValueError:
            raise SettingsError("APP_ENV must be production or demo") from None
        demo = environment is Environment.DEMO
        settings = cls(
            environment=environment,
            mongodb_uri=_required(env, "MONGODB_URI"),
            mongodb_database=env.get("MONGODB_DATABASE", "zhitongche"),
            secret_key=env.get("SECRET_KEY") or (DEMO_SECRET if demo else _required(env, "SECRET_KEY")),
            encryption_keys=_keys(env, demo),
            public_url=_required(env, "PUBLIC_URL").rstrip("/"),
            default_roster=env.get("DEFAULT_ROSTER", "").strip(),
            wechat=_wechat(env, demo),
            clock_offset_file=Path(env["CLOCK_OFFSET_FILE"]) if env.get("CLOCK_OFFSET_FILE") else None,
            requests_per_minute=_number(env, "REQUESTS_PER_MINUTE", 1200),
            trusted_proxies=_number(env, "TRUSTED_PROXIES", 0),
            dispatch_seconds=_number(env, "DISPATCH_SECONDS", 5),
            sweep_seconds=_number(env, "SWEEP_SECONDS", 30),
        )
        if settings.is_production:
            settings._refuse_what_only_a_demonstration_may_have()
        return settings

    def _refuse_what_only_a_demonstration_may_have(self) -> None:
        if self.clock_offset_file is not None:
            raise SettingsError("CLOCK_OFFSET_FILE moves time and is refused in production")
        if self.wechat.api_base != OFFICIAL_WECHAT:
            raise SettingsError(f"WECHAT_API_BASE must be {OFFICIAL_WECHAT} in production")
        if self.secret_key == DEMO_SECRET or DEMO_ENCRYPTION_KEY in self.encryption_keys:
            raise SettingsError("SECRET_KEY and ENCRYPTION_KEYS must not be those of the demonstration")
        if urlsplit(self.public_url).scheme != "https":
            raise SettingsError("PUBLIC_URL must begin with https:// in production")
        if len(self.secret_key) < 32:
            raise SettingsError("SECRET_KEY must have at least 32 characters")


def _wechat(env: Mapping[str, str], demo: bool) -> WeChatSettings:
    def setting(name: str, demo_value: str) -> str:
        return env.get(name) or (demo_value if demo else _required(env, name))

    return WeChatSettings(
        api_base=env.get("WECHAT_API_BASE", OFFICIAL_WECHAT).rstrip("/"),
        mp_appid=setting("WECHAT_MP_APPID", "wxdemo0000000000mp"),
        mp_secret=setting("WECHAT_MP_SECRET", "demo-mp-secret"),
        oa_appid=setting("WECHAT_OA_APPID", "wxdemo0000000000oa"),
        oa_secret=setting("WECHAT_OA_SECRET", "demo-oa-secret"),
        push_token=setting("WECHAT_OA_TOKEN", "demo-push-token"),
        push_aes_key=setting("WECHAT_OA_AES_KEY", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
        templates={
            name: setting(f"WECHAT_TEMPLATE_{name.upper()}", f"demo-{name.replace('_', '-')}") for name in TEMPLATES
        },
        miniprogram_state=env.get("WECHAT_MINIPROGRAM_STATE", "formal"),
    )


def _keys(env: Mapping[str, str], demo: bool) -> tuple[str, ...]:
    given = env.get("ENCRYPTION_KEYS") or (DEMO_ENCRYPTION_KEY if demo else _required(env, "ENCRYPTION_KEYS"))
    return tuple(key.strip() for key in given.split(",") if key.strip())


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name} is not set; README.md says what it is")
    return value


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not text.isdigit() or int(text) < (0 if name == "TRUSTED_PROXIES" else 1):
        raise SettingsError(f"{name} must be a whole number, not {text!r}")
    return int(text)
