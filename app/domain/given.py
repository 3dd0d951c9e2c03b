"""Reads what somebody filled in, field by field; every mistake is collected under its field, in Chinese.

Content is plain: texts, numbers, lists and mappings, from a form or from JSON. A mistake never stops the reading, so
that all of them are shown at once; what was read is worth something only when there is none.

Rosters are read in the same manner by app/services/rosters/content_reader.py. The two stay apart: they share the
manner and hardly a rule: here every field has its type and must be given, texts may have lines, and control characters
are dropped; there most fields are optional, a text has one line and a control character in it is a mistake (a table
could not hold it), and places are named as in a file (`policy.source_codes[2].code`), for whoever mends one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

E = TypeVar("E", bound=StrEnum)
MUST = "必须填写"


class Given:
    """`problems` is shared by everything that is read from one content: path (`items.0.text`) to sentences."""

    def __init__(self, content: object, path: str = "", problems: dict[str, list[str]] | None = None) -> None:
        self.problems: dict[str, list[str]] = {} if problems is None else problems
        self.path = path
        self._content: Mapping[str, Any] = content if isinstance(content, Mapping) else {}
        if not isinstance(content, Mapping):
            self._complain(path or "value", "请检查这一项，应是一组内容")

    def complain(self, name: str, sentence: str) -> None:
        self._complain(self._at(name), sentence)

    def text(self, name: str, longest: int, required: bool = True) -> str:
        """Without surrounding space and control characters; line ends as one character."""
        value = self._content.get(name)
        if value is not None and not isinstance(value, str):
            self.complain(name, "应是文字")
            return ""
        lines = (value or "").replace("\r\n", "\n").replace("\r", "\n")
        found = "".join(mark for mark in lines if mark == "\n" or mark.isprintable()).strip()
        if required and not found:
            self.complain(name, MUST)
        if len(found) > longest:
            self.complain(name, f"最多 {longest} 个字")
        return found

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number within the bounds, both included."""
        value = self._content.get(name)
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 10:
            value = int(value)
        if value is None or value == "":
            self.complain(name, MUST)
        elif isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.complain(name, f"请填 {least} 到 {most} 之间的整数")
        else:
            return value
        return least

    def flag(self, name: str) -> bool:
        """Whether it is ticked; not given means no."""
        value = self._content.get(name, False)
        if not isinstance(value, bool):
            self.complain(name, "请选择是或否")
        return value is True

    def day(self, name: str) -> date:
        value = self._content.get(name)
        try:
            return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _refuse()
        except ValueError:
            self.complain(name, "请写成 2026-10-01 这样的日期" if value else MUST)
            return date(2000, 1, 1)

    def hour(self, name: str) -> time:
        """Hours and minutes."""
        value = self._content.get(name)
        try:
            return time.fromisoformat(value) if isinstance(value, str) and len(value) == 5 else _refuse()
        except ValueError:
            self.complain(name, "请写成 08:00 这样的时间" if value else MUST)
            return time()

    def choice(self, name: str, choices: type[E]) -> E:
        value = self._content.get(name)
        if isinstance(value, str) and value in list(choices):
            return choices(value)
        self.complain(name, "请从给出的选项中选择")
        return next(iter(choices))

    def choices(self, name: str, choices: Collection[E]) -> tuple[E, ...]:
        """Some of them or none, each once, in their own order."""
        value = self._content.get(name, [])
        if not isinstance(value, (list, tuple)) or not set(map(str, value)) <= set(choices):
            self.complain(name, "请从给出的选项中选择")
            return ()
        return tuple(choice for choice in choices if choice in value)

    def words(self, name: str, most: int, longest: int) -> tuple[str, ...]:
        """A list of texts, or one text with spaces, commas, 、 or line ends between; each once."""
        value = self._content.get(name, [])
        if isinstance(value, str):
            value = "".join(" " if mark in "，,、；;\n\r\t　" else mark for mark in value).split(" ")
        if not isinstance(value, (list, tuple)) or not all(isinstance(word, str) for word in value):
            self.complain(name, "应是一些词")
            return ()
        found = tuple(dict.fromkeys(word.strip() for word in value if word.strip()))
        if not found:
            self.complain(name, MUST)
        if len(found) > most:
            self.complain(name, f"最多 {most} 个")
        if any(len(word) > longest for word in found):
            self.complain(name, f"每个最多 {longest} 个字")
        return found

    def items(self, name: str, least: int, most: int) -> list[Given]:
        """The parts of a list, each read by itself."""
        value = self._content.get(name, [])
        if not isinstance(value, (list, tuple)):
            self.complain(name, "请检查这一项，应是一份清单")
            return []
        if not least <= len(value) <= most:
            self.complain(name, f"最多 {most} 项" if len(value) > most else f"至少 {least} 项")
        return [Given(item, f"{self._at(name)}.{n}", self.problems) for n, item in enumerate(value[:most])]

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _complain(self, path: str, sentence: str) -> None:
        self.problems.setdefault(path, []).append(sentence)


def _refuse() -> Any:
    raise ValueError
