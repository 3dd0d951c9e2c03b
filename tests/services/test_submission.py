"""A resident's appeal comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.domain.account import Account
from app.domain.appeal import Appeal, Review, State
from app.domain.errors import Reason
from app.domain.notification import Occasion, Role
from app.domain.organisation import Organisation
from app.domain.roster import Audience, Campaign, Policy
from app.services.appeals.photos import picture_url
from app.services.appeals.submission import note_verdict
from app.services.ports.appeals import Upload
from app.services.ports.wechat import Verdict
from app.services.world import World
from tests.domain.factories import refused
from tests.fakes import StaticContentCheck
from tests.services.factories import (
    a_roster,
    a_world,
    assigned_by_supervisor,
    deeds,
    fresh,
    messages,
    person,
    submitted,
    withdraw,
)
from tests.services.races import Meeting, at_once, meanwhile


def a_photo(world: World, id: str, owner: str = "resident") -> str:
    world.stores.uploads.add(Upload(id, owner, world.clock.now(), "image/jpeg", b"pixels", ""))
    return id


def waiting(world: World, **draft: object) -> Review:
    """Why a new appeal waits for a person; it must wait, with nobody at a post having heard of it."""
    appeal = submitted(world, **draft)
    assert appeal.state is State.SUBMITTED
    assert appeal.assignee_id == "" and not appeal.notifications
    return appeal.review


def test_a_clear_appeal_is_assigned_to_its_official_in_one_single_write(world: World) -> None:
    writes: list[object] = []
    world.stores.appeals.before_write = writes.append
    appeal = submitted(world)
    assert writes == [appeal] and fresh(world, appeal) == appeal
    assert (appeal.state, appeal.assignee_id, appeal.version) == (State.ASSIGNED, "education", 1)
    assert [n.recipient.id for n in appeal.notifications] == ["education", "aide"]
    assert world.messenger.sent == []


def test_the_whole_text_is_checked_before_it_goes_anywhere(world: World) -> None:
    submitted(world, title="标题", body="内容", place="地点")
    assert world.content.texts == ["标题\n内容\n地点"]


def test_what_the_content_check_does_not_pass_waits_for_a_person() -> None:
    assert waiting(a_world(content=StaticContentCheck(Verdict.REVIEW))) is Review.CONTENT


def test_a_picture_whose_check_cannot_be_started_waits_for_a_person() -> None:
    world = a_world(content=StaticContentCheck(pictures_away=True))
    assert waiting(world, photos=(a_photo(world, "p1"),)) is Review.CONTENT


def test_an_appeal_about_the_official_waits_for_a_supervisor_and_is_never_shown_to_the_check(world: World) -> None:
    assert waiting(world, about_official=True, photos=(a_photo(world, "p1"),)) is Review.CONFLICT
    assert world.content.texts == [] and world.content.pictures == []


def test_when_another_is_assigned_the_barred_official_and_staff_hear_nothing(world: World) -> None:
    appeal = assigned_by_supervisor(world, submitted(world, about_official=True), "roads")
    handlers = [n for n in appeal.notifications if n.recipient.role is not Role.RESIDENT]
    assert [n.recipient.id for n in handlers] == ["roads"]


def test_photos_are_checked_at_their_unguessable_address_and_the_last_pass_assigns(world: World) -> None:
    appeal = submitted(world, photos=(a_photo(world, "p1"), a_photo(world, "p2")))
    assert (appeal.state, appeal.review) == (State.SUBMITTED, Review.PHOTOS)
    assert world.content.pictures == [picture_url(world, "p1"), picture_url(world, "p2")]
    note_verdict(world, "trace-2", passed=True)
    assert fresh(world, appeal).state is State.SUBMITTED
    note_verdict(world, "trace-1", passed=True)
    assert fresh(world, appeal).state is State.ASSIGNED
    assert len(messages(world, appeal, Role.OFFICIAL, Occasion.ASSIGNED)) == 1


@pytest.mark.parametrize("order", [("trace-1", "trace-2"), ("trace-2", "trace-1")])
def test_one_refused_picture_leaves_the_appeal_for_a_person_whatever_the_others_are(
    world: World, order: tuple[str, ...]
) -> None:
    appeal = submitted(world, photos=(a_photo(world, "p1"), a_photo(world, "p2")))
    for trace in order:
        note_verdict(world, trace, passed=trace == "trace-2")
    kept = fresh(world, appeal)
    assert (kept.state, kept.review, kept.checks) == (State.SUBMITTED, Review.CONTENT, ())


def test_two_verdicts_at_once_still_assign_exactly_once(world: World) -> None:
    appeal = submitted(world, photos=(a_photo(world, "p1"), a_photo(world, "p2")))
    world.stores.appeals.before_write = Meeting()
    at_once(*(lambda trace=f"trace-{n}": note_verdict(world, trace, passed=True) for n in (1, 2)))
    assert [deed.value for deed in deeds(world, appeal)] == ["submit", "assign"]


def test_a_verdict_that_comes_twice_or_for_nobody_changes_nothing(world: World) -> None:
    appeal = submitted(world, photos=(a_photo(world, "p1"),))
    for trace in ("trace-1", "trace-1", "trace-of-nobody"):
        note_verdict(world, trace, passed=True)
    assert fresh(world, appeal).version == 2


def with_two_pictures(world: World, key: str = "") -> Appeal:
    return submitted(world, key=key, photos=("p1", "p2"))


Crossing = Callable[[World, Callable[[], None]], Appeal]


def before_the_submission(world: World, push: Callable[[], None]) -> Appeal:
    push()
    return with_two_pictures(world)


def between_the_check_and_the_save(world: World, push: Callable[[], None]) -> Appeal:
    meanwhile(world.stores.appeals, push)
    return with_two_pictures(world)


def looked_before_the_save_and_kept_after_it(world: World, push: Callable[[], None]) -> Appeal:
    """The verdict's first look finds nothing; the whole submission happens; only then is the verdict kept."""
    made: list[Appeal] = []
    meanwhile(world.stores.early_verdicts, lambda: made.append(with_two_pictures(world)))
    push()
    return made[0]


@pytest.mark.parametrize(
    "crossing",
    [before_the_submission, between_the_check_and_the_save, looked_before_the_save_and_kept_after_it],
)
@pytest.mark.parametrize("passed", [True, False])
def test_a_verdict_that_crosses_its_submission_is_not_lost(world: World, crossing: Crossing, passed: bool) -> None:
    for id in ("p1", "p2"):
        a_photo(world, id)
    appeal = crossing(world, lambda: note_verdict(world, "trace-1", passed))
    kept = fresh(world, appeal)
    assert (kept.state, kept.checks) == (State.SUBMITTED, ("trace-2",))
    assert kept.review is (Review.PHOTOS if passed else Review.CONTENT), "a refusal leaves it for a person (rule 6)"
    note_verdict(world, "trace-2", passed=True)
    assert fresh(world, appeal).state is (State.ASSIGNED if passed else State.SUBMITTED)


def test_whoever_submits_is_shown_what_the_early_verdicts_made_of_it(world: World) -> None:
    note_verdict(world, "trace-1", passed=True)
    appeal = submitted(world, photos=(a_photo(world, "p1"),))
    assert appeal == fresh(world, appeal) and appeal.state is State.ASSIGNED


def test_a_crash_between_the_save_and_the_look_is_mended_by_the_repetition(world: World) -> None:
    note_verdict(world, "trace-1", passed=True)
    a_photo(world, "p1")
    get = world.stores.early_verdicts.get

    def die(_: str) -> None:
        raise KeyboardInterrupt

    world.stores.early_verdicts.get = die
    with pytest.raises(KeyboardInterrupt):
        submitted(world, key="k1", photos=("p1",))
    world.stores.early_verdicts.get = get
    assert submitted(world, key="k1", photos=("p1",)).state is State.ASSIGNED


def test_an_early_refusal_is_not_taken_back_by_a_pass(world: World) -> None:
    for passed in (True, False, True):
        note_verdict(world, "trace-1", passed)
    assert submitted(world, photos=(a_photo(world, "p1"),)).review is Review.CONTENT


def test_pictures_that_pass_after_the_withdrawal_assign_nothing(world: World) -> None:
    appeal = submitted(world, photos=(a_photo(world, "p1"),))
    withdraw(world, "resident", appeal)
    note_verdict(world, "trace-1", passed=True)
    assert fresh(world, appeal).state is State.WITHDRAWN


def test_somebody_elses_photo_is_refused_by_name(world: World) -> None:
    mine, foreign = a_photo(world, "mine"), a_photo(world, "foreign", owner="neighbour")
    with refused(Reason.UNKNOWN_PHOTO) as caught:
        submitted(world, photos=(mine, foreign, "nobodys"))
    assert caught.value.detail == {"photos": ["foreign", "nobodys"]}
    assert not world.stores.appeals.kept


@pytest.mark.parametrize(
    ("first", "last", "open_"),
    [(1, 1, False), (1, 2, True), (2, 2, True), (3, 4, False)],
    ids=["over", "last day", "only day", "not begun"],
)
def test_a_campaign_takes_appeals_from_its_first_day_to_its_last(first: int, last: int, open_: bool) -> None:
    campaign = Campaign("疫情防控", date(2026, 3, first), date(2026, 3, last))
    world = a_world(a_roster(policy=Policy(campaign=campaign)))
    if open_:
        assert submitted(world).state is State.ASSIGNED
    else:
        with refused(Reason.ROSTER_CLOSED):
            submitted(world)


def test_a_roster_for_enterprises_takes_appeals_only_from_people_with_an_organisation() -> None:
    world = a_world(a_roster(policy=Policy(audience=Audience.ENTERPRISE)))
    with refused(Reason.ENTERPRISES_ONLY):
        submitted(world)
    firm = Account("firm", 1, world.clock.now(), organisation=Organisation("示例公司", "91340000MA2MXXXX0X"))
    world.stores.accounts.add(firm)
    assert submitted(world, by="firm").state is State.ASSIGNED


def test_an_official_who_left_is_not_found_from_the_very_next_request(world: World) -> None:
    gone = replace(world.stores.officials.get("education"), is_published=False)
    world.stores.officials.put(gone)
    with refused(Reason.NO_SUCH_OFFICIAL):
        submitted(world)


@pytest.mark.parametrize("id", ["", "nobody"])
def test_an_unknown_official_is_not_found(world: World, id: str) -> None:
    with refused(Reason.NO_SUCH_OFFICIAL):
        submitted(world, official_id=id)


def test_nobody_on_an_unpublished_roster_is_found() -> None:
    with refused(Reason.NO_SUCH_OFFICIAL):
        submitted(a_world(a_roster(is_published=False)))


def test_the_same_key_again_is_the_same_appeal_even_after_the_official_left(world: World) -> None:
    first = submitted(world, key="k1")
    world.stores.officials.put(replace(world.stores.officials.get("education"), is_published=False))
    assert submitted(world, key="k1", title="另一个标题") == first
    assert len(world.stores.appeals.kept) == 1


def test_the_same_key_twice_at_once_is_one_appeal() -> None:
    class SlowCheck(StaticContentCheck):
        meet = Meeting()

        def text(self, openid: str, text: str) -> Verdict:
            self.meet()
            return super().text(openid, text)

    world = a_world(content=SlowCheck())
    one, other = at_once(*[lambda: submitted(world, key="k1")] * 2)
    assert one == other and list(world.stores.appeals.kept) == [one.id]
    assert len(world.content.texts) == 2, "both were past the first look-up when either was stored"


def test_without_a_key_or_with_another_it_is_another_appeal(world: World) -> None:
    codes = {submitted(world, key=key).code for key in ("", "", "k1", "k2")}
    assert len(codes) == 4


def test_an_appeal_needs_nothing_but_an_openid(world: World) -> None:
    resident = person(world, "resident")
    assert (resident.name, resident.phone, resident.unionid) == ("", "", "")
    assert submitted(world).phone == ""
