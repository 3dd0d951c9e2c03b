"""The message box: what everybody in the demo would see in WeChat, as one page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from flask import Blueprint, Response, render_template, request

from dev.sandbox import personas, tickets
from dev.sandbox.clock import is_quiet, next_morning
from dev.sandbox.delivery import consents_of, outbox
from dev.sandbox.people import group_of, in_order, label_of
from dev.sandbox.personas import Persona
from dev.sandbox.runtime import sandbox
from dev.sandbox.templates import all_templates

box = Blueprint("box", __name__)
BEIJING = timezone(timedelta(hours=8))
NEWEST = 100
WEEKDAYS = "一二三四五六日"
ACCOUNTS = {"template": "服务号通知", "subscribe": "小程序订阅消息"}
STEPS = ((3600, "1 小时"), (43200, "半天"), (86400, "1 天"), (259200, "3 天"))
CSP = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'"


@dataclass(frozen=True)
class Card:
    """One delivered message as WeChat shows it."""

    account: str
    title: str
    to: str
    persona: str
    moment: str
    rows: list[tuple[str, str]]
    page: str | None


@dataclass(frozen=True)
class Entry:
    """One line of the list of people."""

    name: str
    label: str
    about: str
    follows: bool
    count: int
    newest: int


@box.get("/")
def message_box() -> Response:
    """The page; ?persona= shows one person's messages."""
    here, chosen = sandbox(), request.args.get("persona") or None
    now = here.clock.now()
    with here.store.transaction() as db:
        people = personas.everyone(db)
        items = outbox(db)
        ticket = tickets.newest_ticket(db, now)
        person = personas.by_name(db, chosen) if chosen else None
        consents = consents_of(db, person.mp_openid) if person else {}
    shown = [item for item in items if chosen is None or item["persona"] == chosen]
    templates = all_templates()
    about = {one.name: one.about for one in people}
    page = render_template(
        "box.html",
        groups=_groups(people, items),
        chosen=chosen,
        chosen_label=label_of(chosen) if chosen else None,
        chosen_about=person.about if person else "",
        person=person,
        ticket=ticket.ticket if ticket else None,
        consents=[(templates[key].title, left) for key, left in consents.items() if key in templates and left],
        cards=[_card(item, about.get(str(item["persona"]), "")) for item in reversed(shown[-NEWEST:])],
        total=len(shown),
        everything=len(items),
        newest=NEWEST,
        clock=_clock(now),
        ahead=_ahead(here.clock.offset()),
        steps=(*STEPS, (next_morning(now), "到下个工作日 9:00")),
        quiet=is_quiet(now),
        preview_url=(here.config.preview_url or "").rstrip("/"),
    )
    answer = Response(page, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = CSP
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _groups(people: list[Persona], items: list[dict[str, object]]) -> list[tuple[str, list[Entry]]]:
    """Everybody in order, by group."""
    counts = Counter(item["persona"] for item in items)
    newest = {item["persona"]: int(str(item["msgid"])) for item in items}
    groups: dict[str, list[Entry]] = {}
    for person in in_order(people):
        name = person.name
        entry = Entry(name, label_of(name), person.about, person.follows_oa, counts[name], newest.get(name, 0))
        groups.setdefault(group_of(name), []).append(entry)
    return list(groups.items())


def _card(item: dict[str, object], about: str) -> Card:
    template = all_templates()[str(item["template_id"])]
    data = item["data"]
    assert isinstance(data, dict)
    moment = datetime.fromisoformat(str(item["at"])).astimezone(BEIJING)
    return Card(
        ACCOUNTS[template.kind],
        template.title,
        " ".join(part for part in (label_of(str(item["persona"])), about) if part),
        str(item["persona"]),
        f"{moment.month}月{moment.day}日 {moment:%H:%M}",
        [(label, data[field]["value"]) for field, label in template.fields.items() if field in data],
        str(item["page"]) if item["page"] else None,
    )


def _clock(now: float) -> str:
    moment = datetime.fromtimestamp(now, UTC).astimezone(BEIJING)
    return f"{moment.year}年{moment.month}月{moment.day}日 星期{WEEKDAYS[moment.weekday()]} {moment:%H:%M}"


def _ahead(offset: int) -> str:
    """How far the demo is ahead of the real time, in words."""
    if not offset:
        return "与真实时间一致"
    days, rest = divmod(offset, 86400)
    hours, rest = divmod(rest, 3600)
    minutes = rest // 60
    parts = [f"{amount} {unit}" for amount, unit in ((days, "天"), (hours, "小时"), (minutes, "分钟")) if amount]
    return "比真实时间快 " + (" ".join(parts) or "不到 1 分钟")
