"""A resident's appeal comes in: checked, stored in one write, assigned at once when nothing stands against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.account import Account
from app.domain.appeal import Appeal, Review
from app.domain.bar import Bar
from app.domain.errors import InvalidInput, NotFound, Reason, RuleBroken
from app.domain.intake import LONGEST_TITLE, Draft, assign, is_clear, pictures_checked, submit
from app.domain.notification import Role
from app.domain.roster import Audience, Official, Roster
from app.domain.timeline import SYSTEM, Actor
from app.domain.workday import local_day
from app.services.appeals.calls import missed_call, refuse_used
from app.services.appeals.photos import picture_url
from app.services.people.callers import phone_key
from app.services.ports.appeals import EarlyVerdict, Upload
from app.services.ports.basics import Duplicate
from app.services.ports.wechat import Verdict
from app.services.saving import change
from app.services.world import World, bars_on, load_hearers


def submit_appeal(world: World, account: Account, draft: Draft, key: str = "") -> Appeal:
    """The stored appeal. `key` is the hashed Idempotency-Key: a repetition returns the first one's appeal.

    Raises NotFound for an official who is not (or no longer) published, RuleBroken when the roster takes no appeals
    now or not from this person, InvalidInput for words or pictures that cannot be used.
    """
    stores = world.stores
    if key and (earlier := stores.appeals.by_submission(key)):
        return _with_early_verdicts(world, earlier)
    if draft.official_id in account.posts():  # whoever answers neither asks nor rates: figures would mean nothing
        raise RuleBroken(Reason.OWN_POST)
    official, roster = addressee(world, draft.official_id)
    now = world.clock.now()
    if not roster.policy.is_open(local_day(now)):
        raise closed(roster, now)
    if roster.policy.audience is Audience.ENTERPRISE and account.organisation is None:
        raise RuleBroken(Reason.ENTERPRISES_ONLY)
    if draft.call_id:
        draft = _from_call(world, account, draft, official)
    photos = owned_photos(world, account, draft.photos)
    bars = bars_of(world, draft, roster)
    terms = world.terms_of(roster)
    review, checks = _check_content(world, account, draft, photos)
    appeal = submit(
        draft,
        Actor(Role.RESIDENT, account.id),
        terms,
        now,
        id=world.secrets.new_id(),
        code=world.secrets.new_code(now),
        roster=roster.slug,
        review=review,
        checks=checks,
        key=key,
        organisation=account.organisation if roster.policy.audience is Audience.ENTERPRISE else None,
        bars=bars,
    )
    appeal = replace(appeal, phone_key=phone_key(world, appeal.phone))
    if is_clear(appeal):
        hearers = load_hearers(world, official.id, appeal)
        appeal = assign(appeal, official.id, hearers, SYSTEM, terms, now)
    try:
        stores.appeals.add(appeal)
    except Duplicate:
        earlier = stores.appeals.by_submission(key) if key else None
        if earlier is None:
            if draft.call_id:
                refuse_used(world, draft.call_id)
            raise
        return _with_early_verdicts(world, earlier)
    return _with_early_verdicts(world, appeal)


def closed(roster: Roster, now: datetime) -> RuleBroken:
    """The refusal of a roster that takes no appeals now, with the dates of its campaign for the sentence."""
    campaign = roster.policy.campaign
    if campaign is None:
        return RuleBroken(Reason.ROSTER_CLOSED)
    return RuleBroken(
        Reason.ROSTER_CLOSED,
        topic=campaign.topic,
        starts_on=campaign.starts_on.isoformat(),
        ends_on=campaign.ends_on.isoformat(),
        started=local_day(now) >= campaign.starts_on,
    )


def note_verdict(world: World, trace: str, passed: bool) -> None:
    """WeChat's verdict on one picture came in. One that comes before its appeal is saved is kept for it.

    It is kept first and the appeal looked for again; a submission saves first and looks for verdicts then. So one of
    both finds the other, whichever way they cross.
    """
    if _finish_check(world, trace, passed):
        return
    verdict = EarlyVerdict(trace, passed, world.clock.now())
    if passed:
        try:
            world.stores.early_verdicts.add(verdict)
        except Duplicate:
            return  # a repetition; or a refusal, which no pass takes back
    else:
        world.stores.early_verdicts.put(verdict)
    _finish_check(world, trace, passed)


def _with_early_verdicts(world: World, appeal: Appeal) -> Appeal:
    """The stored appeal after the verdicts that came before it was saved."""
    early = [world.stores.early_verdicts.get(trace) for trace in appeal.checks]
    for verdict in early:
        if verdict is not None:
            _finish_check(world, verdict.id, verdict.passed)
    return world.stores.appeals.get(appeal.id) or appeal if any(early) else appeal


def _finish_check(world: World, trace: str, passed: bool) -> bool:
    """Applies the verdict to the appeal that waits for it; the last pass lets it go to its official. False when no
    stored appeal waits for this one."""
    found = world.stores.appeals.by_check(trace)
    if found is None:
        return False
    terms = world.terms_for(found)
    hearers = load_hearers(world, found.addressed_to, found)
    official = world.stores.officials.get(found.addressed_to)
    now = world.clock.now()

    def rule(appeal: Appeal) -> Appeal:
        appeal = pictures_checked(appeal, trace, passed)
        if is_clear(appeal) and official is not None and official.is_published:
            return assign(appeal, appeal.addressed_to, hearers, SYSTEM, terms, now)
        return appeal

    change(world.stores.appeals, found.id, rule, missing=NotFound(Reason.NO_SUCH_APPEAL))
    return True


def owned_photos(world: World, account: Account, ids: tuple[str, ...]) -> list[Upload]:
    """The uploads behind the ids; InvalidInput(UNKNOWN_PHOTO) when one is not this person's."""
    if not ids:
        return []
    found = {upload.id: upload for upload in world.stores.uploads.owned(ids, account.id)}
    missing = [id for id in ids if id not in found]
    if missing:
        raise InvalidInput(Reason.UNKNOWN_PHOTO, photos=missing)
    return [found[id] for id in ids]


def addressee(world: World, official_id: str) -> tuple[Official, Roster]:
    """A published official with the roster; NotFound otherwise."""
    official = world.stores.officials.get(official_id)
    roster = world.stores.rosters.get(official.roster) if official else None
    if official is None or roster is None or not (official.is_published and roster.is_published):
        raise NotFound(Reason.NO_SUCH_OFFICIAL)
    return official, roster


def bars_of(world: World, draft: Draft, roster: Roster) -> tuple[Bar, ...]:
    """From whom it will be kept. NotFound when the official whom it names beside the addressee is not published there:
    what is about nobody we know could not be kept from them."""
    if draft.about_official_id:
        named = world.stores.officials.get(draft.about_official_id)
        if named is None or named.roster != roster.slug or not named.is_published:
            raise NotFound(Reason.NO_SUCH_OFFICIAL, field="about_official_id")
    return bars_on(world, draft.about)


def _from_call(world: World, account: Account, draft: Draft, official: Official) -> Draft:
    """The draft made from a missed call, with a title that says so when there is none."""
    missed_call(world, account, official.id, draft.call_id)
    if draft.title:
        return draft
    return replace(draft, title=f"电话未接通：{official.post} {official.name}"[:LONGEST_TITLE])


def _check_content(
    world: World, account: Account, draft: Draft, photos: list[Upload]
) -> tuple[Review, tuple[str, ...]]:
    """Rule 6: what is not a clear pass is for a person, never passed and never refused by itself."""
    if draft.about:
        return Review.CONFLICT, ()
    text = world.content.text(account.mp_openid, f"{draft.title}\n{draft.body}\n{draft.place}")
    traces = [world.content.picture(account.mp_openid, picture_url(world, photo.id)) for photo in photos]
    checks = tuple(trace for trace in traces if trace)
    if text is not Verdict.PASS or len(checks) < len(traces):
        return Review.CONTENT, checks
    return (Review.PHOTOS if checks else Review.NONE), checks
