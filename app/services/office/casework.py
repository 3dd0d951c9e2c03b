"""What supervisors and operators do with appeals: every act is on the audit log first, and names a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain import barring, intake
from app.domain.appeal import Appeal
from app.domain.call import NO_REPORT, CallReport
from app.domain.errors import NotFound, Reason
from app.domain.intake import Draft
from app.domain.merging import adopt, merge
from app.domain.notification import Role
from app.domain.office_deeds import OfficeDeed
from app.domain.officer import Officer, OfficeRole
from app.domain.roster import Official
from app.domain.terms import Hearers
from app.domain.timeline import SYSTEM, Actor
from app.domain.workday import local_day
from app.services.appeals.acting import Act, Scene, perform, transfer_target
from app.services.appeals.joining import settle, spread
from app.services.appeals.reading import Reading
from app.services.appeals.submission import addressee, bars_of, closed
from app.services.office.taken_calls import kept_note, take_call
from app.services.officers.access import CASE_READERS, need
from app.services.officers.audit import record
from app.services.people.callers import caller_of, phone_key
from app.services.ports.basics import Duplicate
from app.services.saving import change
from app.services.world import World, bars_on, load_hearers

MISSING = NotFound(Reason.NO_SUCH_APPEAL)


def act_as_supervisor(world: World, officer: Officer, appeal_id: str, key: str, act: Act, name: str) -> Appeal:
    """The appeal after an act of the supervision office; `name` stands on the audit log. Raises what the rule does."""
    need(officer, OfficeRole.SUPERVISOR)
    return _act(world, officer, appeal_id, key, act, name)


def act_as_caller(world: World, officer: Officer, appeal_id: str, key: str, act: Act, name: str) -> Appeal:
    """The same for follow-up calls, which operators make too."""
    need(officer, OfficeRole.SUPERVISOR, OfficeRole.OPERATOR)
    return _act(world, officer, appeal_id, key, act, name)


def assign_to(world: World, appeal: Appeal, official_id: str, scene: Scene) -> Appeal:
    """Routes an appeal that waits for review. NotFound when that official is not published on its roster."""
    official, roster = addressee(world, official_id)
    if roster.slug != appeal.roster:
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    hearers = load_hearers(world, official.id, appeal)
    return intake.assign(appeal, official.id, hearers, scene.by, scene.terms, scene.now)


def reassign(world: World, appeal: Appeal, official_id: str, reason: str, scene: Scene) -> Appeal:
    """转办 by the office: the transfer of a lifetime, or one that does not count, from a post published no longer.
    NotFound when the other official is not published on its roster."""
    hearers = transfer_target(world, appeal, official_id)
    told = (official_id, reason, hearers, scene.by, scene.terms, scene.now)
    return intake.transfer(appeal, *told, vacant=is_vacant(appeal, world.stores.officials.get(appeal.assignee_id)))


def is_vacant(appeal: Appeal, assignee: Official | None) -> bool:
    """Whether the post that has it is published no longer; `assignee` is that post, None when it is not there."""
    return bool(appeal.assignee_id) and (assignee is None or not assignee.is_published)


def set_about(world: World, appeal: Appeal, official_ids: Sequence[str], reason: str, scene: Scene) -> Appeal:
    """登记反映对象, of officials on the appeal's roster, published or not; NotFound for others. `_act` then tells the
    appeals that are joined with it."""
    for official_id in official_ids:
        official = world.stores.officials.get(official_id)
        if official is None or official.roster != appeal.roster:
            raise NotFound(Reason.NO_SUCH_OFFICIAL)
    bars = bars_on(world, official_ids)
    hearers = load_hearers(world, appeal.assignee_id, barring.with_about(appeal, bars))
    return barring.set_about(appeal, bars, reason, hearers, scene.by, scene.terms, scene.now)


def merge_into(world: World, officer: Officer, appeal_id: str, parent_id: str, key: str) -> Appeal:
    """并单: the parent learns of the child first, so that a crash in between leaves nobody untold. Doing it again
    finishes what was interrupted; a child that could not be merged after all is forgotten."""
    need(officer, OfficeRole.SUPERVISOR)
    stores = world.stores
    child, parent = stores.appeals.get(appeal_id), stores.appeals.get(parent_id)
    if child is None or parent is None:
        raise MISSING
    if child.entry_with(key) or child.merged_into == parent_id:
        settle(world, parent_id, appeal_id)
        return child
    record(world, officer, "merge", child.code, parent.code)
    terms, now = world.terms_for(child), world.clock.now()

    def adopting(current: Appeal) -> Appeal:
        return adopt(current, child, _hearers_together(world, current, child), terms, now)

    def act(current: Appeal, scene: Scene) -> Appeal:
        adopted = stores.appeals.get(parent_id)
        if adopted is None:
            raise MISSING
        return merge(current, adopted, _hearers_together(world, adopted, current), scene.by, scene.terms, scene.now)

    change(stores.appeals, parent_id, adopting, MISSING)
    try:
        return _change(world, officer, appeal_id, key, act)
    finally:
        settle(world, parent_id, appeal_id)


def register(
    world: World,
    officer: Officer,
    caller_phone: str,
    draft: Draft,
    key: str = "",
    report: CallReport = NO_REPORT,
    urgent: bool = False,
) -> Appeal:
    """An operator writes an appeal down for whoever called from that phone; the 工号 stands on the timeline.

    `urgent` is what that operator finds. With a `report` of the caller's call to the official: its outcome is a call
    record of its own, kept first, so that a crash in between loses neither; a missed call is what the appeal is made
    from, as in the mini-program.
    """
    need(officer, OfficeRole.OPERATOR, OfficeRole.SUPERVISOR)
    if key and (earlier := world.stores.appeals.by_submission(key)):
        return earlier
    official, roster = addressee(world, draft.official_id)
    now = world.clock.now()
    if not roster.policy.is_open(local_day(now)):
        raise closed(roster, now)
    bars, terms = bars_of(world, draft, roster), world.terms_of(roster)
    report = replace(report, note=kept_note(report.note))
    id, code = world.secrets.new_id(), world.secrets.new_code(now)
    by = Actor(Role.OPERATOR, caller_of(world, caller_phone), officer.signature)
    appeal = intake.submit(draft, by, terms, now, id=id, code=code, roster=roster.slug, key=key, bars=bars)
    appeal = intake.with_report(replace(appeal, phone_key=phone_key(world, appeal.phone)), report, by, now)
    appeal = intake.set_urgent(appeal, urgent, by, now)
    if report.outcome is not None:
        call = take_call(world, officer, caller_phone, official.id, report.outcome, report.note, key)
        appeal = replace(appeal, call_id=call.id) if call.is_missed else appeal
    record(world, officer, "register", code, official.id)
    if intake.is_clear(appeal):
        hearers = load_hearers(world, official.id, appeal)
        appeal = intake.assign(appeal, official.id, hearers, SYSTEM, terms, now)
    try:
        world.stores.appeals.add(appeal)
    except Duplicate:  # the same registration came in twice at once
        earlier = world.stores.appeals.by_submission(key) if key else None
        if earlier is None:
            raise
        return earlier
    return appeal


def read_as_officer(world: World, officer: Officer, appeal_id: str) -> Reading:
    """One appeal with everything on it, phone masked. To an inspector only what was referred is there."""
    appeal = world.stores.appeals.get(appeal_id)
    if appeal is None:
        raise MISSING
    referred = any(interview.referred_at is not None for interview in appeal.interviews)
    if OfficeRole.INSPECTOR in officer.roles and not set(CASE_READERS) & set(officer.roles):
        if not referred:
            raise MISSING
    else:
        need(officer, *CASE_READERS)
    return reading_of(world, appeal)


def reading_of(world: World, appeal: Appeal) -> Reading:
    """The appeal as the office sees it."""
    return Reading(appeal, Role.SUPERVISOR, (), world.clock.now(), in_person=False)


def unmask(world: World, officer: Officer, appeal_id: str, reason: str) -> Appeal:
    """The appeal, of which whole numbers may be shown: the resident's phone and those in the texts. For a reason that
    stands on the audit log (rule 3)."""
    need(officer, OfficeRole.SUPERVISOR, OfficeRole.OPERATOR)
    appeal = world.stores.appeals.get(appeal_id)
    if appeal is None:
        raise MISSING
    record(world, officer, "unmask", appeal.code, reason)
    return appeal


def _act(world: World, officer: Officer, appeal_id: str, key: str, act: Act, name: str) -> Appeal:
    appeal = world.stores.appeals.get(appeal_id)
    if appeal is None:
        raise MISSING
    if appeal.entry_with(key):
        return appeal
    record(world, officer, name, appeal.code)
    after = _change(world, officer, appeal_id, key, act)
    if name == OfficeDeed.SET_ABOUT:
        spread(world, after)
    return after


def _hearers_together(world: World, parent: Appeal, child: Appeal) -> Hearers:
    """Who hears beside the parent's assignee once the child is merged into it."""
    return load_hearers(world, parent.assignee_id, barring.share(parent, child))


def _change(world: World, officer: Officer, appeal_id: str, key: str, act: Act) -> Appeal:
    by = Actor(Role.SUPERVISOR, officer.id, officer.signature)

    def rule(current: Appeal) -> Appeal:
        if current.entry_with(key):
            return current
        return perform(world, current, by, key, act)

    return change(world.stores.appeals, appeal_id, rule, MISSING)
