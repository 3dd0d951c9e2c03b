"""The seven presets of product.md, each working as its row says, on the very files that a fresh installation gets."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.account import Account
from app.domain.appeal import Appeal, State
from app.domain.deadline import DeadlineKind
from app.domain.errors import Reason
from app.domain.notification import Role
from app.domain.organisation import Organisation
from app.domain.roster import Official
from app.services.messages.reminding import sweep
from app.services.posters.sources import count_visit, source_counts
from app.services.rosters.directory import Directory, Snapshot
from app.services.rosters.importing import import_roster
from app.web.presenters.hours import closed_sentence, present_hours
from app.web.presenters.rosters import present_roster
from tests.domain.factories import beijing, refused
from tests.fakes import MemoryStores
from tests.services.factories import a_person, a_world, fresh, hand_on, person, sign, submitted

ROSTERS = Path(__file__).parents[2] / "dev" / "rosters"
SLUGS = ("bozhou-81", "dangshan", "dongzhi-12", "fengxian-8", "nanning-46", "shenzhen", "urumqi-19")


class Installation:
    """All seven rosters, one resident and one enterprise; `at` moves the clock."""

    def __init__(self) -> None:
        self.world: Any = a_world(stores=MemoryStores())
        for slug in SLUGS:
            import_roster(self.world, json.loads((ROSTERS / f"{slug}.json").read_text(encoding="utf-8")))
        self.directory = Directory(self.world)
        self.add(a_person("resident"))
        firm = Organisation("南宁示例食品有限公司", "91350100M000100Y43")
        self.add(Account("firm", 1, self.world.clock.now(), mp_openid="mp-firm", organisation=firm))

    def add(self, account: Account) -> None:
        self.world.stores.accounts.add(account)

    def at(self, moment: str) -> None:
        self.world.clock.set(beijing(moment))

    def roster(self, slug: str) -> Snapshot:
        return self.directory.snapshot(slug)

    def first(self, slug: str) -> Official:
        return self.roster(slug).officials[0]

    def now(self, slug: str) -> dict[str, Any]:
        """What the directory says of the hour."""
        policy = self.roster(slug).roster.policy
        return present_hours(policy, self.world.clock.now(), self.world.calendar())

    def write(self, slug: str, by: str = "resident", **draft: Any) -> Appeal:
        return submitted(self.world, by, official_id=self.first(slug).id, **draft)


@pytest.fixture
def city() -> Installation:
    return Installation()


def test_bozhou_81(city: Installation) -> None:
    """81 officials in three groups with unit, post, 分工, mobile; in person; no formal hours but a courtesy hint
    24:00-06:00; one transfer at most; contact within 3 days."""
    snapshot = city.roster("bozhou-81")
    assert len(snapshot.officials) == 81 and len(list(snapshot.groups())) == 3
    assert all(o.unit and o.post and o.duties and o.phone for o in snapshot.officials)
    shown = present_roster(snapshot.roster, city.now("bozhou-81"))
    assert (shown["answered_by"], shown["service_hours"], shown["contact_days"]) == ("in_person", None, 3)
    for moment, hinted in (("23:59", False), ("00:00", True), ("05:59", True), ("06:00", False)):
        city.at(f"2026-03-02 {moment}")
        now = city.now("bozhou-81")
        assert (now["open_now"], now["opens_next"]) == (True, None)
        assert (now["courtesy_now"] == shown["courtesy_hours"]["hint"]) is hinted
    city.at("2026-03-02 10:00")
    first, second, third, *_ = snapshot.officials
    city.add(a_person("one", **{first.id: Role.OFFICIAL}))
    city.add(a_person("two", **{second.id: Role.OFFICIAL}))
    appeal = city.write("bozhou-81")
    contact = appeal.deadline(DeadlineKind.CONTACT)
    assert contact is not None and contact.due_at == beijing("2026-03-05 18:00")
    hand_on(city.world, "one", appeal, second.id)
    sign(city.world, "two", appeal)
    with refused(Reason.TRANSFER_USED):
        hand_on(city.world, "two", appeal, third.id)
    silent = city.write("bozhou-81")
    city.at("2026-03-09 10:00")
    sweep(city.world)
    assert fresh(city.world, silent).supervisions, "督办 one workday after the urging; a person decides on 约谈"


def test_nanning_46(city: Installation) -> None:
    """Enterprises only; calls answered by operators with 工号 on workdays 8-22; daily, weekly, monthly reports."""
    roster = city.roster("nanning-46").roster
    assert len(city.roster("nanning-46").officials) == 46
    with refused(Reason.ENTERPRISES_ONLY):
        city.write("nanning-46")
    appeal = city.write("nanning-46", by="firm")
    assert appeal.organisation == person(city.world, "firm").organisation
    assert city.write("bozhou-81", by="firm").organisation is None, "elsewhere nobody asked for whom one writes"
    assert roster.policy.operators and all(operator.number for operator in roster.policy.operators)
    assert roster.policy.reports == ("daily", "weekly", "monthly")
    for moment, is_open in (
        ("03-02 07:59", False),
        ("03-02 08:00", True),
        ("03-06 22:00", False),
        ("03-07 10:00", False),
    ):
        city.at(f"2026-{moment}")
        assert city.now("nanning-46")["open_now"] is is_open
    assert city.now("nanning-46")["opens_next"] == (
        "现在无人接听。工作日 8:00 至 22:00 接听电话，3月9日（周一）8:00 恢复；诉求随时可以提交"
    )
    city.at("2026-02-14 10:00")
    assert city.now("nanning-46")["open_now"], "a Saturday that is worked (调休)"
    city.at("2026-02-17 10:00")
    assert "2月24日（周二）8:00" in city.now("nanning-46")["opens_next"]


def test_urumqi_19(city: Installation) -> None:
    """A topical campaign roster (epidemic) with start and end date."""
    assert len(city.roster("urumqi-19").officials) == 19
    for moment, is_open in (
        ("2022-08-09 23:59", False),
        ("2022-08-10 00:00", True),
        ("2022-11-30 23:59", True),
        ("2022-12-01 00:00", False),
    ):
        city.at(moment)
        campaign = city.now("urumqi-19")["campaign"]
        assert (campaign["open"], campaign["notice"] is None) == (is_open, is_open)
        assert city.directory.search("彭致和")[0].roster == "urumqi-19", "it stays readable"
        if is_open:
            assert city.write("urumqi-19").state is State.ASSIGNED
            continue
        with refused(Reason.ROSTER_CLOSED) as caught:
            city.write("urumqi-19")
        assert closed_sentence(caught.value.detail) == campaign["notice"]
        assert "2022年8月10日" in campaign["notice"] and "2022年11月30日" in campaign["notice"]
        assert ("已结束" in campaign["notice"]) is moment.startswith("2022-12")


def test_fengxian_8(city: Installation) -> None:
    """Phone and e-mail."""
    officials = city.roster("fengxian-8").officials
    assert len(officials) == 8
    assert all(o.phone and o.email.endswith("@example.cn") and not o.wechat_id for o in officials)


def test_dongzhi_12(city: Installation) -> None:
    """Each official linked to the projects he or she liaises for; found by project."""
    officials = city.roster("dongzhi-12").officials
    assert len(officials) == 12
    for official in officials:
        assert official.projects
        for project in official.projects:
            assert official in city.directory.search(project, "dongzhi-12")
            found = city.directory.suggest(f"{project}什么时候完工", "dongzhi-12")
            assert (official, project) in found


def test_dangshan(city: Installation) -> None:
    """Source codes: printable posters and road-sign QR codes per place; counts by source; 200+ contacts a day."""
    roster = city.roster("dangshan").roster
    codes = [source.code for source in roster.policy.source_codes]
    assert len(set(codes)) == 25 and all(roster.policy.place_of(code) for code in codes)
    for number in range(220):
        count_visit(city.world, "dangshan", codes[number % 25])
    assert count_visit(city.world, "dangshan", "SOMEWHERE").place == ""
    city.write("dangshan", source=codes[0])
    assert city.write("dangshan", source="SOMEWHERE").source == "SOMEWHERE"
    today = date(2026, 3, 2)
    counts = source_counts(city.world, roster, today, today)
    assert [day.code for day in counts.days] == codes
    assert sum(day.visits for day in counts.days) == 220
    assert ([day.appeals for day in counts.days], counts.unknown_appeals) == ([1] + [0] * 24, 1)


def test_shenzhen(city: Installation) -> None:
    """Phone and WeChat id."""
    officials = city.roster("shenzhen").officials
    assert len(officials) == 22
    assert all(o.phone and o.wechat_id and not o.email for o in officials)
