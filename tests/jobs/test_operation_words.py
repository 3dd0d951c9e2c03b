"""Everything that can stand on the page about the running system has a Chinese word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.config import Settings
from app.domain.notification import Channel, Occasion, Role, Status
from app.domain.operation_words import (
    ALERTS,
    CHANNELS,
    FACTS,
    JOBS,
    OCCASIONS,
    REASONS,
    RECIPIENTS,
    STATUSES,
    fact_words,
    reason_words,
)
from app.wechat.codes import ROWS
from jobs.schedule import jobs

ROOT = Path(__file__).parent.parent.parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_word_is_there() -> None:
    assert set(OCCASIONS) == set(Occasion)
    assert set(STATUSES) == set(Status)
    assert set(CHANNELS) == set(Channel)
    assert set(RECIPIENTS) == set(Role)


def test_every_job_has_a_name() -> None:
    env = {"APP_ENV": "demo", "MONGODB_URI": "mongodb://localhost", "PUBLIC_URL": "http://localhost"}
    assert {job.name for job in jobs(Settings.from_env(env))} == set(JOBS)


def test_every_alert_that_anybody_raises_has_a_sentence() -> None:
    raised: set[str] = set()
    for folder in ("app", "jobs"):
        for file in (ROOT / folder).rglob("*.py"):
            raised |= set(re.findall(r'raise_alert\(\s*"([a-z_]+)"', file.read_text("utf-8")))
    assert raised == set(ALERTS)
    said = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert [alert for alert in sorted(raised) if f"`{alert}`" not in said] == []


def test_every_fact_of_an_alert_has_a_word() -> None:
    told: set[str] = set()
    for folder in ("app", "jobs"):
        for file in (ROOT / folder).rglob("*.py"):
            for call in re.findall(r"raise_alert\(([^\n]+|\n[^\n]+)", file.read_text("utf-8")):
                told |= set(re.findall(r"\b([a-z_]+)=", call))
    assert told == set(FACTS)
    assert fact_words('{"year": 2027}') == "年份：2027"
    assert fact_words('{"setting": "quick_replies", "number": 3}') == "设置：快捷回复；第几次修改：3"
    assert fact_words('{"roster": "city", "kind": "daily"}') == "名册：city；种类：日报"
    assert fact_words('{"cut o') == '{"cut o'


@pytest.mark.parametrize("code", ROWS)
def test_every_code_of_wechat_is_explained(code: int) -> None:
    assert CHINESE.search(reason_words(f"{code} {ROWS[code].meaning} hint: [abc]"))
    assert "出错" not in reason_words(f"{code} x")


@pytest.mark.parametrize("error", [*REASONS, "timed out", "outcome unknown"])
def test_every_reason_is_a_chinese_sentence(error: str) -> None:
    assert CHINESE.search(reason_words(error))


def test_no_reason_no_words() -> None:
    assert reason_words("") == ""
