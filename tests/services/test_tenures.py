"""A new holder: post, appeals and clocks stay, access ends, and every figure belongs to whoever earned it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain import closing
from app.domain.appeal import Appeal, Resolution, Satisfaction
from app.domain.call import Call, CallOutcome
from app.domain.errors import Reason
from app.domain.figures import Tally, total
from app.domain.notification import Role
from app.domain.officer import OfficeRole
from app.domain.roster import Tenure
from app.domain.timeline import Actor
from app.services.figures.compared import By, figures_by
from app.services.figures.published import NO_CASES, PublishedFigures
from app.services.figures.tallies import roll_up
from app.services.people.accounts import bind, invite
from app.services.rosters.holders import replace_holder
from app.services.rosters.keeping import edit_official
from app.services.rosters.past import undo
from app.services.world import World
from tests.domain.factories import beijing, refused
from tests.services.factories import a_person, a_world, answer, fresh, person, sign, submitted
from tests.services.keepers import CITY, COLLEAGUE, EDITOR, an_officer, audited, seen, shown, stored
from tests.services.races import meanwhile
from tests.services.test_figures import act

SUCCESSOR = {"name": "吴敏", "phone": "15400000077"}
SINCE = date(2026, 3, 10)


def replaced(world: World, since: date = SINCE, **given: Any) -> str:
    """The secret of the new holder's invitation."""
    made = replace_holder(world, EDITOR, "education", SUCCESSOR | given, since, seen(world), "市人大任命")
    return made.secret


def rate(world: World, appeal: Appeal) -> None:
    by = Actor(Role.RESIDENT, "resident")
    act(world, appeal.id, lambda a, t, n: closing.rate(a, Resolution.RESOLVED, Satisfaction.SATISFIED, by, t, n))


def of_holders(world: World) -> dict[str, Tally]:
    return figures_by(world, CITY, date(2026, 3, 1), date(2026, 3, 31), By.HOLDER)


OLD, NEW = "education 周文清", "education 吴敏 2026-03-10"


def test_the_post_and_its_appeals_stay_with_their_clocks(world: World) -> None:
    appeal = sign(world, "zhou", submitted(world))
    world.clock.set(beijing("2026-03-10 09:00"))
    replaced(world)
    assert fresh(world, appeal) == appeal, "not even a clock has moved"
    official = stored(world)
    assert (official.id, official.name, official.phone, official.unit) == (
        "education",
        "吴敏",
        "15400000077",
        "市教育局",
    )
    assert official.tenures == (Tenure("周文清", None, date(2026, 3, 9)), Tenure("吴敏", SINCE))
    assert shown(world) == ["魏崇岭", "吴敏", "解放"]
    assert audited(world) == [("replace_holder", "education")]


def test_the_predecessor_acts_no_longer_and_the_successor_does(world: World) -> None:
    appeal = submitted(world)
    world.clock.set(beijing("2026-03-10 09:00"))
    secret = replaced(world)
    assert person(world, "zhou").posts() == frozenset()
    assert person(world, "aide").posts(Role.STAFF) == {"education"}, "staff belong to the post"
    with refused(Reason.NO_SUCH_APPEAL):
        sign(world, "zhou", appeal)
    bind(world, person(world, "neighbour"), secret)
    assert sign(world, "neighbour", appeal).assignee_id == "education"
    assert secret not in str(world.stores.invitations.kept)


def test_no_old_invitation_opens_the_post_again(world: World) -> None:
    world.stores.accounts.kept["zhou"] = a_person("zhou")
    used, unused = invite(world, "education", Role.OFFICIAL), invite(world, "education", Role.STAFF)
    bind(world, person(world, "zhou"), used)
    world.clock.set(beijing("2026-03-10 09:00"))
    printed = invite(world, "education", Role.OFFICIAL)
    bind(world, person(world, "xie"), replaced(world))
    for secret, who in ((used, "zhou"), (printed, "resident")):
        with refused(Reason.NO_SUCH_INVITATION):
            bind(world, person(world, who), secret)
    assert "education" in person(world, "xie").posts(Role.OFFICIAL), "and takes nothing from the successor"
    bind(world, person(world, "neighbour"), unused)
    assert person(world, "neighbour").posts(Role.STAFF) == {"education"}, "staff were invited for the post"


def test_who_binds_at_the_very_moment_of_the_replacement_does_not_stay(world: World) -> None:
    secret = invite(world, "education", Role.OFFICIAL)
    world.clock.set(beijing("2026-03-10 09:00"))
    meanwhile(world.stores.accounts, lambda: replaced(world))
    with refused(Reason.NO_SUCH_INVITATION):
        bind(world, person(world, "resident"), secret)
    assert person(world, "resident").posts() == frozenset()


def test_personal_contacts_of_the_predecessor_are_not_the_successors(world: World) -> None:
    form = {"email": "zhou@example.cn", "wechat_id": "ztc_demo_zhou", "duty_phone": "0558-0000001"}
    edit_official(world, EDITOR, "education", form, seen(world))
    world.clock.set(beijing("2026-03-10 09:00"))
    replaced(world)
    official = stored(world)
    assert (official.email, official.wechat_id, official.duty_phone) == ("", "", "0558-0000001")


def test_what_cannot_be_is_refused_beside_its_field(world: World) -> None:
    world.clock.set(beijing("2026-03-10 09:00"))
    for given, since, field in (
        ({"name": "吴敏"}, SINCE, "phone"),
        (SUCCESSOR, date(2026, 3, 11), "since"),
        (SUCCESSOR | {"phone": "总机"}, SINCE, "phone"),
        ({"phone": "15400000077"}, SINCE, "name"),
    ):
        with refused(Reason.BAD_REQUEST) as caught:
            replace_holder(world, EDITOR, "education", given, since, seen(world))
        assert list(caught.value.detail["fields"]) == [field]
    replaced(world)
    world.clock.advance(days=3)
    with refused(Reason.BAD_REQUEST) as caught:
        replaced(world, SINCE, name="郑平")
    assert caught.value.detail["fields"] == {"since": ["要晚于现任的到任日期 2026-03-10"]}
    with refused(Reason.NO_SUCH_OFFICIAL):
        replace_holder(world, EDITOR, "nobody", SUCCESSOR, SINCE, 1)
    for role in (OfficeRole.SUPERVISOR, OfficeRole.AUDITOR, OfficeRole.OPERATOR, OfficeRole.INSPECTOR):
        with refused(Reason.NOT_YOUR_ROLE):
            replace_holder(world, an_officer(role), "education", SUCCESSOR, SINCE, 1)


def test_two_who_replace_at_once_make_one_successor(world: World) -> None:
    version = seen(world)
    world.clock.set(beijing("2026-03-10 09:00"))
    replace_holder(world, COLLEAGUE, "education", {"name": "郑平", "phone": "15400000078"}, SINCE, version)
    with refused(Reason.ROSTER_CHANGED) as caught:
        replace_holder(world, EDITOR, "education", SUCCESSOR, SINCE, version)
    assert caught.value.detail["by"] == "赵编辑"
    assert caught.value.detail["labels"] == ["姓名", "公开电话", "任期"]
    assert stored(world).name == "郑平"


def test_figures_are_split_by_who_held_the_post(world: World) -> None:
    """Contact due on the 5th, answers due on the 16th; the post changes hands on the 10th."""
    kept, late, left = (submitted(world) for _ in range(3))
    world.clock.set(beijing("2026-03-04 10:00"))
    answer(world, "zhou", sign(world, "zhou", kept))
    world.clock.set(beijing("2026-03-10 09:00"))
    secret = replaced(world)
    bind(world, person(world, "neighbour"), secret)
    world.clock.set(beijing("2026-03-18 10:00"))
    answer(world, "neighbour", sign(world, "neighbour", late))
    rate(world, kept)
    rate(world, late)
    world.clock.set(beijing("2026-03-19 10:00"))
    roll_up(world)
    found = of_holders(world)
    old, new = found[OLD], found[NEW]
    assert (old.contacts_due, old.contacted_in_time) == (3, 1), "two were left to wait while 周文清 held the post"
    assert (old.answers_due, old.answered_in_time) == (1, 1), "answered on the 4th, though due on the 16th"
    assert (old.answered, old.rated, old.resolved) == (1, 1, 1)
    assert (new.contacts_due, new.answers_due, new.answered_in_time) == (0, 2, 0), "two fell due on the 16th"
    assert (new.answered, new.rated, new.satisfied) == (1, 1, 1), "a late answer is rated as who gave it"
    assert (
        left.id
        and total([old, new]) == figures_by(world, CITY, date(2026, 3, 1), date(2026, 3, 31), By.OFFICIAL)["education"]
    )


def test_a_replacement_recorded_late_splits_the_days_that_were_counted(world: World) -> None:
    submitted(world)
    world.clock.set(beijing("2026-03-17 10:00"))
    roll_up(world)
    assert list(of_holders(world)) == [OLD]
    world.clock.set(beijing("2026-04-20 10:00"))
    roll_up(world)
    replaced(world)
    assert roll_up(world) == 2, "the 16th is forgotten as the predecessor's and counted as the successor's"
    found = of_holders(world)
    assert (found[OLD].contacts_due, found[OLD].answers_due) == (1, 0)
    assert (found[NEW].contacts_due, found[NEW].answers_due) == (0, 1)
    assert roll_up(world) == 0


def test_a_correction_of_the_day_or_the_name_moves_the_figures(world: World) -> None:
    submitted(world)
    world.clock.set(beijing("2026-03-20 10:00"))
    replaced(world)
    roll_up(world)
    edit_official(world, EDITOR, "education", {"since": "2026-03-17"}, seen(world))
    world.clock.advance(hours=1)
    roll_up(world)
    assert {key: tally.answers_due for key, tally in of_holders(world).items()} == {OLD: 1}
    edit_official(world, EDITOR, "education", {"since": "2026-03-03", "name": "吴旻"}, seen(world), corrects_name=True)
    world.clock.advance(hours=1)
    roll_up(world)
    found = of_holders(world)
    assert {key: (tally.contacts_due, tally.answers_due) for key, tally in found.items()} == {
        "education 吴旻 2026-03-03": (1, 1)
    }


def test_the_name_of_who_was_never_replaced_can_be_corrected_without_losing_figures(world: World) -> None:
    submitted(world)
    world.clock.set(beijing("2026-03-06 10:00"))
    roll_up(world)
    edit_official(world, EDITOR, "education", {"name": "周文青"}, seen(world), corrects_name=True)
    roll_up(world)
    assert person(world, "zhou").posts() == {"education"}, "it is the same person"
    assert PublishedFigures(world).of(CITY).of("education", "周文青").tally.contacts_due == 1


def test_the_public_sees_the_present_holders_figures_only(world: World) -> None:
    submitted(world)
    world.clock.set(beijing("2026-03-17 10:00"))
    roll_up(world)
    public = PublishedFigures(world)
    assert public.of(CITY).of("education", "周文清").tally.answers_due == 1
    replaced(world)
    roll_up(world)
    world.clock.advance(minutes=2)
    found = public.of(CITY).of("education", "吴敏").tally
    assert (found.contacts_due, found.answers_due) == (0, 1)
    assert public.of(CITY).of("education", "周文清") is NO_CASES


def test_who_comes_back_to_a_post_begins_anew(world: World) -> None:
    kept = submitted(world)
    submitted(world)
    world.clock.set(beijing("2026-03-04 10:00"))
    answer(world, "zhou", sign(world, "zhou", kept))
    world.clock.set(beijing("2026-03-17 10:00"))
    replaced(world)
    replaced(world, date(2026, 3, 12), name="周文清")
    roll_up(world)
    assert PublishedFigures(world).of(CITY).of("education", "周文清").tally == Tally(answers_due=1)
    found = of_holders(world)
    assert list(found) == ["education 周文清", "education 周文清 2026-03-12"]
    assert found["education 周文清"].answered_in_time == 1, "on the same day as what the second tenure missed"


def test_calls_belong_to_whose_telephone_rang(world: World) -> None:
    def call(outcome: CallOutcome, when: str) -> None:
        world.stores.calls.add(Call(world.secrets.new_id(), "resident", "education", outcome, beijing(when)))

    call(CallOutcome.BUSY, "2026-03-09 16:00")
    call(CallOutcome.CALLED_BACK, "2026-03-10 10:00")
    call(CallOutcome.IN_PERSON, "2026-03-10 11:00")
    world.clock.set(beijing("2026-03-11 10:00"))
    replaced(world)
    roll_up(world)
    found = of_holders(world)
    assert found[OLD] == Tally(attempts=1, missed=1, returned=1)
    assert found[NEW] == Tally(attempts=1, connected=1, in_person=1)


def test_a_replacement_taken_back_gives_figures_back_and_access_to_nobody(world: World) -> None:
    submitted(world)
    world.clock.set(beijing("2026-03-17 10:00"))
    secret = replaced(world)
    bind(world, person(world, "neighbour"), secret)
    roll_up(world)
    undo(world, EDITOR, "city:00000002/education", "录错了人")
    assert (stored(world).name, stored(world).phone) == ("周文清", "15400000000")
    assert person(world, "neighbour").posts() == person(world, "zhou").posts() == frozenset()
    with refused(Reason.NO_SUCH_INVITATION):
        bind(world, person(world, "neighbour"), secret)
    roll_up(world)
    assert list(of_holders(world)) == [OLD]


@pytest.mark.parametrize("days", [0, 1, 400])
def test_the_job_may_come_at_any_time_after_a_replacement(days: int) -> None:
    world = a_world()
    submitted(world)
    world.clock.set(beijing("2026-03-20 10:00"))
    roll_up(world)
    replaced(world)
    world.clock.advance(timedelta(days=days))
    roll_up(world)
    assert of_holders(world)[NEW].answers_due == 1
