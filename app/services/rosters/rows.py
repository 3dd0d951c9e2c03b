"""The rows of a table read as officials: what each would make of a roster's entry, with every mistake at its cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.domain.edition import Edition, corrected, succeeded
from app.domain.errors import InvalidInput
from app.domain.roster import Official
from app.domain.roster_history import content, written
from app.services.rosters.content import key_of, official_content
from app.services.rosters.content_reader import Reader
from app.services.rosters.file import official_id, read_key, read_official
from app.services.rosters.forms import LONGEST_GROUP, free_key
from app.services.rosters.table import BY_FIELD, EXAMPLE, NO, YES, day_of, parts_of
from app.services.tables.reading import EMPTY, Cell, Row

_MOBILE = re.compile(r"1[0-9]{10}")


@dataclass(frozen=True)
class CellError:
    """`column` is the header, empty for the whole row."""

    column: str
    what: str


@dataclass
class RowDraft:
    """A row while it is being read."""

    row: Row
    known: Official | None
    official: Official
    position: int | None
    errors: list[CellError] = field(default_factory=list)
    note: str = ""
    warning: str = ""
    """What is allowed, but is to be looked at before the import."""

    def complain(self, name: str, what: str) -> None:
        self.errors.append(CellError(BY_FIELD[name].header if name in BY_FIELD else "", what))


def drafts_of(edition: Edition, rows: Sequence[Row], places: Mapping[str, int], today: date) -> list[RowDraft]:
    """All rows but the template's examples; `places` says in which column a field stands."""
    slug = edition.roster.slug
    given = [
        (row, cells)
        for row in rows
        if not (cells := {name: row.at(place) for name, place in places.items()})
        .get("key", EMPTY)
        .text.startswith(EXAMPLE)
    ]
    written_keys = [key for _, cells in given if (key := cells.get("key", EMPTY).text)]
    known = {key_of(official): official for official in edition.officials}
    ids = {key: known[key].id if key in known else official_id(slug, key) for key in (*known, *written_keys)}
    taken = list(ids)
    drafts: list[RowDraft] = []
    for row, cells in given:
        key = cells.get("key", EMPTY).text
        draft = _draft(row, cells, known.get(key), ids, slug, today)
        if draft.known is None:
            key = key or free_key(taken)
            taken.append(key)
            draft.official = replace(draft.official, id=official_id(slug, key))
        drafts.append(draft)
    _refuse_same(drafts, edition, Counter(written_keys))
    return drafts


def _draft(
    row: Row, given: Mapping[str, Cell], known: Official | None, ids: Mapping[str, str], slug: str, today: date
) -> RowDraft:
    texts: dict[str, Any] = {name: cell.text for name, cell in given.items()}
    for name in ("duties", "projects"):
        if name in texts:
            texts[name] = parts_of(texts[name])
    since_text, published_text = texts.pop("since", ""), texts.pop("is_published", "")
    reader = Reader({**(official_content(known) if known else {}), **texts})
    official = read_official(reader)
    if known is None and texts.get("key"):
        read_key(reader)
    group = reader.text("group", LONGEST_GROUP)
    superior = ids.get(official.superior_id, official.superior_id)
    draft = RowDraft(row, known, official, _position(texts.get("position", ""), reader))
    for problem in reader.problems:
        draft.complain(problem.path, problem.what)
    for name, cell in given.items():
        if cell.fault:
            draft.errors = [error for error in draft.errors if error.column != BY_FIELD[name].header]
            draft.complain(name, cell.fault)
        elif name in {"phone", "duty_phone"} and cell.is_number and not _MOBILE.fullmatch(cell.text):
            draft.complain(name, "这个号码是按数字填的，开头的 0 可能丢了；请把单元格设为文本后重新填写")
    if published_text not in {"", YES, NO}:
        draft.complain("is_published", "请填“是”或“否”")
    since = day_of(since_text)
    if since_text and since is None:
        draft.complain("since", "请写成 2026-03-02 这样的日期")
    elif since and since > today:
        draft.complain("since", "到任日期不能晚于今天")
    published = published_text == YES if published_text or known is None else known.is_published
    kept = replace(official, roster=slug, group=group, superior_id=superior, is_published=published)
    if known is not None:
        held = _held(draft, known, official.name, since)
        draft.official = written(known, content(replace(kept, id=known.id, tenures=held.tenures)))
        if len(held.tenures) > len(known.tenures) and official.phone == known.phone:
            draft.warning = f"公开电话 {known.phone} 和前任{known.name}的一样，请核对是不是前任自己的手机"
    else:
        (tenure,) = official.tenures
        draft.official = replace(kept, tenures=(replace(tenure, first=since),))
        draft.note = "" if published else "新增后暂不公布"
    return draft


def _held(draft: RowDraft, known: Official, name: str, since: date | None) -> Official:
    """Whose the post is after the row: another name needs the day on which the new holder began."""
    present = known.tenure.first
    try:
        if name == known.name or not name:
            return corrected(known, known.name, since or present)
        if since is None or since == present:
            draft.complain("name", "姓名变了：更换负责人请填写新的到任日期；只是更正错字，请在名册里修改")
            return known
        draft.note = "更换负责人：原来的微信绑定同时解除，导入后请打印新的邀请"
        return succeeded(known, name, since)
    except InvalidInput:
        draft.complain("since", "要晚于前一任的到任日期")
        return known


def _position(text: str, reader: Reader) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,4}", text):
        reader.complain("position", "请填 1 以上的整数")
        return None
    return int(text)


def _refuse_same(drafts: Sequence[RowDraft], edition: Edition, keys: Counter[str]) -> None:
    """The same key, place, or person in the same post twice."""
    places = Counter(draft.position for draft in drafts if draft.position)
    there = {_person(one): key_of(one) for one in edition.officials}
    lines: dict[tuple[str, str, str], int] = {}
    for draft in drafts:
        if keys[key_of(draft.official)] > 1:
            draft.complain("key", "这个编号在表里出现了不止一次")
        if draft.position and places[draft.position] > 1:
            draft.complain("position", "这个序号在表里出现了不止一次")
        if draft.known is not None or not draft.official.name:
            continue
        person = _person(draft.official)
        line = lines.setdefault(person, draft.row.number)
        if person in there:
            key = there[person]
            draft.complain("name", f"与名册里编号 {key} 的相同；如是同一位，请填写编号 {key}")
        elif line != draft.row.number:
            draft.complain("name", f"与第 {line} 行相同")


def _person(official: Official) -> tuple[str, str, str]:
    return official.name, official.post, official.unit
