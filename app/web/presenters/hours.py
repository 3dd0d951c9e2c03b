"""What holds at this moment, in sentences: whether calls are answered, a courtesy hint, whether a campaign runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from app.domain.roster import Campaign, Policy, ServiceHours
from app.domain.workday import BEIJING, WorkdayCalendar, local_day

WEEKDAYS = "一二三四五六日"


def present_hours(policy: Policy, now: datetime, calendar: WorkdayCalendar) -> dict[str, Any]:
    """`open_now`: whether calls are answered now; `opens_next`: the sentence when they are not; `courtesy_now`: the
    hint for this hour; `campaign` with whether it takes appeals today. The values only change when one of these does,
    so that a rendered directory may be kept until then."""
    courtesy, today = policy.courtesy_hours, local_day(now)
    open_now = policy.is_served(now, calendar)
    return {
        "open_now": open_now,
        "opens_next": None if open_now else _opens_next(policy, now, calendar),
        "courtesy_now": courtesy.hint if courtesy and courtesy.covers(now) else None,
        "campaign": policy.campaign and _campaign(policy.campaign, today),
    }


def present_desk_hours(policy: Policy, now: datetime, calendar: WorkdayCalendar) -> dict[str, Any]:
    """For whoever registers calls: `words` say whether the roster's telephones are answered now, by whom, and what a
    caller should know; `good` is false when something stands against calling at this hour."""
    shown, courtesy = present_hours(policy, now, calendar), policy.courtesy_hours
    campaign = shown["campaign"]
    said = [
        shown["opens_next"]
        or (policy.service_hours and f"服务时间 {hours_in_words(policy.service_hours)}，现在可以接听")
        or "没有固定服务时间",
        "电话由接线员接听" if policy.by_operators else "电话由负责同志本人接听",
        shown["courtesy_now"] or (courtesy and f"{_hour(courtesy.begin)} 至 {_hour(courtesy.end)} 请来电人尽量不打扰"),
        campaign and campaign["notice"],
    ]
    words = "".join(f"{sentence.rstrip('。')}。" for sentence in said if sentence)
    runs = campaign is None or campaign["open"]
    return {"good": bool(shown["open_now"] and not shown["courtesy_now"] and runs), "words": words}


def closed_sentence(facts: Mapping[str, Any]) -> str:
    """Why a campaign takes no appeals, from the refusal's facts: `topic`, `starts_on`, `ends_on` (ISO), `started`."""
    campaign = Campaign(facts["topic"], date.fromisoformat(facts["starts_on"]), date.fromisoformat(facts["ends_on"]))
    return _closed(campaign, facts["started"])


def _opens_next(policy: Policy, now: datetime, calendar: WorkdayCalendar) -> str:
    hours = policy.service_hours
    assert hours is not None  # or it would be open
    begin = hours.next_begin(now, calendar).astimezone(BEIJING)
    day = f"{begin.month}月{begin.day}日（周{WEEKDAYS[begin.weekday()]}）"
    written = "；诉求随时可以提交" if policy.is_open(local_day(now)) else ""
    return f"现在无人接听。{hours_in_words(hours)} 接听电话，{day}{_hour(begin.time())} 恢复{written}"


def hours_in_words(hours: ServiceHours) -> str:
    """工作日 8:00 至 22:00."""
    until = f"次日 {_hour(hours.end)}" if hours.end <= hours.begin else _hour(hours.end)
    return f"{'工作日' if hours.workdays_only else '每天'} {_hour(hours.begin)} 至 {until}"


def _campaign(campaign: Campaign, today: date) -> dict[str, Any]:
    is_open = campaign.is_open(today)
    return {
        "topic": campaign.topic,
        "starts_on": campaign.starts_on.isoformat(),
        "ends_on": campaign.ends_on.isoformat(),
        "open": is_open,
        "notice": None if is_open else _closed(campaign, today >= campaign.starts_on),
    }


def _closed(campaign: Campaign, started: bool) -> str:
    first, last = chinese_day(campaign.starts_on), chinese_day(campaign.ends_on)
    if started:
        return f"这条专线的受理期是 {first}至{last}，现已结束；名录仍可查阅，新的诉求请通过其他名录反映"
    return f"这条专线 {first}起受理诉求，至{last}止；现在可以查阅名录，急事请通过其他名录反映"


def chinese_day(day: date) -> str:
    """2022年3月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _hour(hour: time) -> str:
    return f"{hour.hour}:{hour.minute:02}"
