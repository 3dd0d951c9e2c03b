"""The rates that are told, in the order in which they are told: the one table of their names, words and units.

Residents read `words` ("按时答复 94%"), the office and its papers read the term of the trade (`title`, 按时率).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain import figures
from app.domain.figures import Rate, Tally


@dataclass(frozen=True)
class RateKind:
    """`read` takes it from a tally; `unit` counts its cases: 件, 件评价, 次."""

    title: str
    words: str
    unit: str
    read: Callable[[Tally], Rate]


RATES: Mapping[str, RateKind] = MappingProxyType(
    {
        "response": RateKind("响应率", "按时联系", "件", figures.response_rate),
        "on_time": RateKind("按时率", "按时答复", "件", figures.on_time_rate),
        "raw_on_time": RateKind("原期限按时率", "按原期限答复", "件", figures.raw_on_time_rate),
        "resolution": RateKind("解决率", "评价已解决", "件评价", figures.resolution_rate),
        "partly": RateKind("部分解决率", "评价部分解决", "件评价", figures.partly_rate),
        "satisfaction": RateKind("满意率", "评价满意", "件评价", figures.satisfaction_rate),
        "participation": RateKind("参评率", "群众参评", "件答复", figures.participation_rate),
        "connection": RateKind("接通率", "电话接通", "次", figures.connection_rate),
        "in_person": RateKind("本人接听率", "接通后本人接听", "次", figures.in_person_rate),
        "call_back": RateKind("回拨率", "未接来电一个工作日内回拨", "次", figures.call_back_rate),
    }
)
CALL_RATES = ("connection", "in_person", "call_back")


def rates_of(tally: Tally) -> dict[str, Rate]:
    """All of them, by name."""
    return {name: kind.read(tally) for name, kind in RATES.items()}
