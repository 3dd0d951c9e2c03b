"""Reads the content of a file or a form, and collects everything that is wrong with it under the place it stands in.

The settings' fields are read by app/domain/given.py, which says what the two do not share.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """`path` is the place in the content (`policy.source_codes[2].code`), `what` the Chinese sentence for people."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path or '文件'}：{self.what}"


def by_path(problems: list[Problem]) -> dict[str, list[str]]:
    """The sentences by place: what stands beside the fields of a form."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem.what)
    return found


@dataclass
class Reader:
    """Reads one object of the content; what is empty in a form ("" or None) counts as not given."""

    content: Any
    path: str = ""
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not isinstance(self.content, Mapping):
            self.problems.append(Problem(self.path, "应是一个对象"))
            self.content = {}

    def complain(self, name: str, what: str) -> None:
        self.problems.append(Problem(self._at(name), what))

    def text(self, name: str, longest: int) -> str:
        found = self.optional(name, longest)
        if not found and not self._has_complained(name):
            self.complain(name, "必须填写")
        return found

    def optional(self, name: str, longest: int) -> str:
        value = self.content.get(name)
        if value is not None and not isinstance(value, str):
            self.complain(name, "应是文字")
            return ""
        return self._checked(name, (value or "").strip(), longest)

    def texts(self, name: str, longest: int, most: int) -> tuple[str, ...]:
        """A list of texts without its empty ones; none holds a semicolon, which stands between them in a table."""
        value = self.content.get(name) or []
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            self.complain(name, "应是文字的列表")
            return ()
        found = tuple(self._checked(name, item.strip(), longest) for item in value if item.strip())
        if len(found) > most:
            self.complain(name, f"最多 {most} 项")
        if any(mark in item for item in found for mark in ";；"):
            self.complain(name, "单项里不要有分号")
        return found

    def value(self, name: str, convert: Callable[[Any], T]) -> T | None:
        raw = self.content.get(name)
        if raw is None or raw == "":
            return None
        try:
            return convert(raw)
        except (TypeError, ValueError, OverflowError):
            self.complain(name, f"看不懂：{raw!r}")
            return None

    def part(self, name: str) -> Reader:
        return Reader(self.content.get(name) or {}, self._at(name), self.problems)

    def maybe(self, name: str) -> Reader | None:
        return self.part(name) if self.content.get(name) else None

    def parts(self, name: str) -> list[Reader]:
        value = self.content.get(name) or []
        if not isinstance(value, (list, tuple)):
            self.complain(name, "应是列表")
            return []
        return [Reader(item, f"{self._at(name)}[{n}]", self.problems) for n, item in enumerate(value, 1)]

    def _checked(self, name: str, text: str, longest: int) -> str:
        if any(_is_unprintable(character) for character in text):
            self.complain(name, "不能有换行或看不见的控制字符")
        elif len(text) > longest:
            self.complain(name, f"最多 {longest} 个字")
        return text

    def _has_complained(self, name: str) -> bool:
        return any(problem.path == self._at(name) for problem in self.problems)

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def _is_unprintable(character: str) -> bool:
    """Control characters, halves of characters, and the code points that are none: no table and no database takes
    them. Characters newer than this program stay: some people's names are written with them."""
    code = ord(character)
    return unicodedata.category(character) in {"Cc", "Cs"} or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
