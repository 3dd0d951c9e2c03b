"""A small city for the tests of the use cases: three posts, seven people, and everything outside played by fakes.

魏崇岭 is mayor, 周文清 (education) and 解放 (roads) are below; an aide works for education. Everybody at a post follows
the Official Account and nobody has subscribed to anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from app.domain import handling, intake
from app.domain.account import Account, Binding
from app.domain.appeal import AnswerOutcome, Appeal, Kind
from app.domain.consent import Report, Source
from app.domain.errors import NotFound, Reason
from app.domain.intake import Draft
from app.domain.notification import Channel, Notification, Occasion, Role, Status
from app.domain.roster import Official, Roster
from app.domain.timeline import Actor, Deed
from app.services.appeals.acting import act_as_handler, act_as_resident, transfer_target
from app.services.appeals.submission import submit_appeal
from app.services.calendars import chinese_calendar
from app.services.messages.dispatching import dispatch
from app.services.people.subscriptions import report_accepted
from app.services.running.settings import CityCalendar, LiveSettings
from app.services.saving import change
from app.services.world import World, load_hearers
from tests.fakes import (
    CollectingAlerts,
    FakeClock,
    FakeCodes,
    FakeLogin,
    FakePhones,
    MemoryStores,
    PredictableSecrets,
    RecordingMessenger,
    StaticContentCheck,
)
from tests.fakes.world import MONDAY

SUPERVISOR = Actor(Role.SUPERVISOR, "supervisor-1", "督查室")


def a_roster(**overrides: Any) -> Roster:
    roster = Roster("city", "市领导公开电话", "亳州市", "3 天内联系您", ("市领导", "市直部门"))
    return replace(roster, **overrides)


def an_official(id: str = "education", **overrides: Any) -> Official:
    official = Official(id, "city", "市直部门", 2, "周文清", "局长", "市教育局", ("学校招生",), "15400000000")
    return replace(official, **overrides)


OFFICIALS = (
    an_official("mayor", group="市领导", position=1, name="魏崇岭", post="市长", unit="市政府", duties=("审计",)),
    an_official("education", superior_id="mayor"),
    an_official("roads", position=3, name="解放", unit="市城管局", duties=("路灯维修",), superior_id="mayor"),
)


def a_person(id: str, **posts: Role) -> Account:
    """`a_person("zhou", education=Role.OFFICIAL)`: follows the Official Account when bound to a post."""
    bindings = tuple(Binding(role, post, MONDAY) for post, role in posts.items())
    bound: dict[str, Any] = {"oa_openid": f"oa-{id}", "follows_oa": True, "bindings": bindings} if posts else {}
    return Account(id, 1, MONDAY, mp_openid=f"mp-{id}", **bound)


PEOPLE = (
    a_person("resident"),
    a_person("neighbour"),
    a_person("wei", mayor=Role.OFFICIAL),
    a_person("zhou", education=Role.OFFICIAL),
    a_person("aide", education=Role.STAFF),
    a_person("xie", roads=Role.OFFICIAL),
)


def a_world(roster: Roster | None = None, without: Iterable[str] = (), **parts: Any) -> World:
    """The city; `without` leaves people out, `parts` replaces parts of the World."""
    stores = MemoryStores()
    stores.rosters.put(roster or a_roster())
    for official in OFFICIALS:
        stores.officials.put(official)
    for person in PEOPLE:
        if person.id not in without:
            stores.accounts.add(person)
    made: dict[str, Any] = {
        "stores": stores,
        "clock": FakeClock(),
        "secrets": PredictableSecrets(),
        "messenger": RecordingMessenger(),
        "content": StaticContentCheck(),
        "login": FakeLogin(),
        "phones": FakePhones(),
        "codes": FakeCodes(),
        "alerts": CollectingAlerts(),
        "public_url": "https://ztc.example.cn",
    }
    made |= parts
    settings = LiveSettings(made["stores"].setting_changes, made["alerts"])
    return World(**({"settings": settings, "calendar": CityCalendar(chinese_calendar, settings)} | made))


def person(world: World, id: str) -> Account:
    found = world.stores.accounts.get(id)
    assert found is not None, id
    return found


def change_person(world: World, id: str, **changes: Any) -> None:
    account = person(world, id)
    assert world.stores.accounts.replace(replace(account, version=account.version + 1, **changes))


def fresh(world: World, appeal: Appeal) -> Appeal:
    """The appeal as it is stored now."""
    found = world.stores.appeals.get(appeal.id)
    assert found is not None, appeal.id
    return found


def a_draft(**overrides: Any) -> Draft:
    return replace(Draft("education", Kind.REQUEST, "小区门口没有路灯", "晚上孩子放学看不见路。"), **overrides)


def submitted(world: World, by: str = "resident", key: str = "", **draft: Any) -> Appeal:
    return submit_appeal(world, person(world, by), a_draft(**draft), key)


def assigned_by_supervisor(world: World, appeal: Appeal, official_id: str) -> Appeal:
    hearers = load_hearers(world, official_id, appeal)

    def rule(current: Appeal) -> Appeal:
        terms = world.terms_for(current)
        return intake.assign(current, official_id, hearers, SUPERVISOR, terms, world.clock.now())

    return change(world.stores.appeals, appeal.id, rule, NotFound(Reason.NO_SUCH_APPEAL))


def sign(world: World, by: str, appeal: Appeal, key: str = "") -> Appeal:
    return act_as_handler(world, person(world, by), appeal.id, key, lambda a, s: handling.sign(a, s.by, s.now))


def answer(world: World, by: str, appeal: Appeal, key: str = "", text: str = "路灯已装好。") -> Appeal:
    return act_as_handler(
        world,
        person(world, by),
        appeal.id,
        key,
        lambda a, s: handling.answer(a, text, AnswerOutcome.SOLVED, (), s.by, s.terms, s.now),
    )


def promise(world: World, by: str, appeal: Appeal, key: str = "") -> Appeal:
    """A quick reply: the shortest way to a message for the resident."""
    return act_as_handler(
        world,
        person(world, by),
        appeal.id,
        key,
        lambda a, s: handling.quick_reply(a, "正在开会，会后联系您", None, s.by, s.terms, s.now),
    )


def hand_on(world: World, by: str, appeal: Appeal, to: str = "roads", key: str = "") -> Appeal:
    def act(current: Appeal, scene: Any) -> Appeal:
        hearers = transfer_target(world, current, to)
        return intake.transfer(current, to, "属城管职责", hearers, scene.by, scene.terms, scene.now)

    return act_as_handler(world, person(world, by), appeal.id, key, act)


def withdraw(world: World, by: str, appeal: Appeal, key: str = "") -> Appeal:
    return act_as_resident(world, person(world, by), appeal.id, key, lambda a, s: intake.withdraw(a, "", s.by, s.now))


def subscribe(world: World, openid: str, occasion: Occasion, times: int = 1) -> str:
    """Accepts that many messages for the occasion; the id of the ledger."""
    template = world.messenger.template_id(Channel.SUBSCRIBE, occasion.value)
    for _ in range(times):
        report = Report(Source.CLIENT, world.clock.now(), world.secrets.new_id())
        report_accepted(world, openid, [template], report)
    return f"{openid}:{template}"


def drain(world: World) -> None:
    """Dispatches until nothing is due: each run tries one channel of a message."""
    for _ in range(10):
        if not dispatch(world):
            return
    raise AssertionError("the outbox never got empty")


def sent(world: World) -> list[tuple[str, str, str]]:
    """(channel, openid, occasion) of everything that went out."""
    return [(s.channel.value, s.openid, s.message.occasion) for s in world.messenger.sent]


def message_ids(world: World) -> list[str]:
    return [sending.message_id for sending in world.messenger.sent]


def messages(world: World, appeal: Appeal, role: Role, occasion: Occasion | None = None) -> list[Notification]:
    kept = fresh(world, appeal).notifications
    return [n for n in kept if n.recipient.role is role and occasion in {None, n.occasion}]


def statuses(world: World, appeal: Appeal, role: Role, occasion: Occasion | None = None) -> list[Status]:
    return [notification.status for notification in messages(world, appeal, role, occasion)]


def deeds(world: World, appeal: Appeal) -> list[Deed]:
    return [entry.deed for entry in fresh(world, appeal).timeline]
