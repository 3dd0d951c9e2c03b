"""The only place that builds and connects the parts, by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.clock import OffsetClock, SystemClock
from app.config import Settings
from app.domain.officer import OfficeRole
from app.domain.settings import CitySettings
from app.logs import LoggedAlerts
from app.secrets import KeyedSecrets
from app.services.calendars import chinese_calendar
from app.services.ports.basics import Clock
from app.services.rosters.directory import Directory
from app.services.running.alerting import CountedAlerts
from app.services.running.settings import CityCalendar, LiveSettings
from app.services.world import World
from app.store import Cipher, MongoStores, connect, open_stores
from app.wechat.client import AccountClient, WeChatAccount
from app.wechat.content import WeChatContentCheck
from app.wechat.http import Http, check_base
from app.wechat.login import WeChatIdentities
from app.wechat.messenger import WeChatMessenger
from app.wechat.phone import WeChatPhones
from app.wechat.program_codes import WeChatProgramCodes
from app.wechat.push import WeChatPushDesk
from app.wechat.push_envelope import PushSettings


@dataclass(frozen=True)
class Container:
    """Everything one process needs; `close` ends its connections."""

    settings: Settings
    world: World
    directory: Directory
    push_desk: WeChatPushDesk
    client: Any
    http: Http

    def close(self) -> None:
        self.client.close()
        self.http.close()


def build(settings: Settings) -> Container:
    """The parts for these settings. Nothing is sent anywhere yet; connections open with their first use."""
    clock = _clock(settings)
    client = connect(settings.mongodb_uri)
    stores: MongoStores = open_stores(client, settings.mongodb_database, Cipher(settings.encryption_keys))
    alerts = CountedAlerts(LoggedAlerts(), stores.alert_tallies, clock)
    city_settings = LiveSettings(stores.setting_changes, alerts, _defaults(settings))
    wechat = settings.wechat
    http = Http(check_base(wechat.api_base, settings.is_production))
    mp = AccountClient(WeChatAccount(wechat.mp_appid, wechat.mp_secret), http, stores.access_tokens, clock)
    oa = AccountClient(WeChatAccount(wechat.oa_appid, wechat.oa_secret), http, stores.access_tokens, clock)
    world = World(
        stores=stores,
        clock=clock,
        secrets=KeyedSecrets(settings.secret_key),
        calendar=CityCalendar(chinese_calendar, city_settings),
        messenger=WeChatMessenger(
            mp, oa, wechat.templates, alerts, program_state=wechat.miniprogram_state, url=settings.public_url
        ),
        content=WeChatContentCheck(mp, alerts),
        login=WeChatIdentities(mp, oa, alerts),
        phones=WeChatPhones(mp, alerts),
        codes=WeChatProgramCodes(mp, alerts, program_state=wechat.miniprogram_state),
        alerts=alerts,
        settings=city_settings,
        public_url=settings.public_url,
        default_roster=settings.default_roster,
    )
    push_settings = PushSettings(
        wechat.push_token, wechat.push_aes_key, (wechat.oa_appid, wechat.mp_appid), aes_only=settings.is_production
    )
    return Container(settings, world, Directory(world), WeChatPushDesk(push_settings), client, http)


def _clock(settings: Settings) -> Clock:
    if settings.clock_offset_file is not None:
        return OffsetClock(settings.clock_offset_file)
    return SystemClock()


def _defaults(settings: Settings) -> CitySettings:
    """In production whoever can change accounts, or decide on appeals, needs a second factor; in a demonstration, whose
    clock is moved away from the one on a phone, nobody does. An admin may set either otherwise."""
    required = (OfficeRole.SUPERVISOR, OfficeRole.ADMIN) if settings.is_production else ()
    return CitySettings(totp_required=required)
