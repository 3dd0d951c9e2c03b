"""A roster as a table: its columns, the template to fill in, and what is exported and can be imported again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.domain.edition import Edition
from app.domain.officer import Officer
from app.domain.roster import Official, Roster
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.rosters.content import key_of
from app.services.rosters.forms import KEEPERS
from app.services.rosters.log import edition_of
from app.services.tables.reading import SHEET, Row
from app.services.tables.writing import Sheet, Value, csv_file, xlsx
from app.services.world import World

EXAMPLE = "示例"
"""Rows whose key begins with this word are the template's and are not imported."""
YES, NO = "是", "否"
BETWEEN = "；"
LINES_ABOVE = 10
"""In how many lines from the top the header is looked for."""


@dataclass(frozen=True)
class Column:
    field: str
    header: str
    width: int
    is_required: bool
    how: str


COLUMNS = (
    Column("key", "编号", 12, False, "已有人员的编号不能改；新增的可以空着，由系统编号。只用英文字母、数字、减号"),
    Column("position", "序号", 8, False, "在名册里的先后，从 1 开始；空着表示不变，新增的排在本组最后"),
    Column("group", "分组", 14, True, "名册里已有的分组；新的分组请先在名册里添加"),
    Column("name", "姓名", 12, True, "更换负责人时改姓名，并填写新的到任日期；只是更正错字请在名册里修改"),
    Column("post", "职务", 20, True, "按公布的写"),
    Column("unit", "单位", 26, True, "按公布的写"),
    Column("duties", "分工", 40, True, "用群众的话写，几项之间用分号隔开，例如：停水；学校招生；拖欠工资"),
    Column("phone", "公开电话", 16, True, "公布的手机或电话，单元格要用文本格式，开头的 0 才不会丢"),
    Column("duty_phone", "值班电话", 16, False, "开会等不便接听时拨打，区号与号码之间可加减号"),
    Column("email", "邮箱", 24, False, ""),
    Column("wechat_id", "微信号", 18, False, ""),
    Column("projects", "联系项目", 30, False, "几个项目之间用分号隔开"),
    Column("superior", "上级编号", 12, False, "催办时同时告知的上级，填上级的编号"),
    Column("since", "到任日期", 14, False, "例如 2026-03-02；更换负责人时必须填写，统计从这一天起分开"),
    Column("is_published", "是否公布", 10, False, "填“是”或“否”；新增的空着表示暂不公布，已有的空着表示不变"),
)
BY_FIELD: Mapping[str, Column] = MappingProxyType({column.field: column for column in COLUMNS})
_ALIASES = {"电话": "phone", "手机": "phone", "手机号": "phone", "联系电话": "phone", "上级": "superior"}
_KNOWN = {column.header: column.field for column in COLUMNS} | _ALIASES
_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {"name": "张某", "post": "局长", "unit": "市教育局", "duties": "学校招生；校车安全", "phone": "15400000000"},
    {"name": "李某", "post": "局长", "unit": "市城管局", "duties": "路灯维修", "phone": "0558-0000001"},
)
"""Invented people, with numbers that reach nobody."""


@dataclass(frozen=True)
class Header:
    """Where the fields stand. `problem` says why the table cannot be read; `unknown` are headers nobody knows."""

    places: Mapping[str, int]
    rows: Sequence[Row]
    """What comes below."""
    unknown: tuple[str, ...] = ()
    problem: str = ""


def template_xlsx(roster: Roster) -> bytes:
    """The table to fill in for a roster: header, two examples that are never imported, and how to fill it in."""
    notes = [(column.header, YES if column.is_required else NO, column.how) for column in COLUMNS]
    explained = Sheet("填写说明", ("列", "必填", "怎么填"), notes, (14, 8, 80))
    examples = [
        {**example, "key": f"{EXAMPLE}{number}", "group": (roster.groups or ("",))[0], "is_published": NO}
        for number, example in enumerate(_EXAMPLES, 1)
    ]
    rows = [[example.get(column.field, "") for column in COLUMNS] for example in examples]
    return xlsx([_sheet(roster, rows), explained])


def export_xlsx(world: World, officer: Officer, slug: str) -> bytes:
    """All officials of the roster, published or not; stands on the audit log. Importing it changes nothing."""
    edition = _exported(world, officer, slug)
    return xlsx([_sheet(edition.roster, table_rows(edition))])


def export_csv(world: World, officer: Officer, slug: str) -> bytes:
    """The same as CSV."""
    return csv_file([column.header for column in COLUMNS], table_rows(_exported(world, officer, slug)))


def table_rows(edition: Edition) -> list[tuple[Value, ...]]:
    keys = {official.id: key_of(official) for official in edition.officials}
    return [tuple(_value(official, column.field, keys) for column in COLUMNS) for official in edition.officials]


def header_of(rows: Sequence[Row]) -> Header:
    """The first line that names at least two columns; a title may stand above it."""
    for line, row in enumerate(rows[:LINES_ABOVE]):
        names = [_normal(cell.text) for cell in row.cells]
        if sum(name in _KNOWN for name in names) < 2:
            continue
        fields = [_KNOWN[name] for name in names if name in _KNOWN]
        twice = sorted({BY_FIELD[field].header for field in fields if fields.count(field) > 1})
        below = rows[line + 1 :]
        return Header(
            places={_KNOWN[name]: place for place, name in enumerate(names) if name in _KNOWN},
            rows=below,
            unknown=(*(name for name in names if name and name not in _KNOWN), *_nameless(names, below)),
            problem=f"有重复的列：{'、'.join(twice)}" if twice else "",
        )
    return Header({}, (), problem="没有找到表头，请用模板填写（第一行是“编号、分组、姓名……”）")


def day_of(text: str) -> date | None:
    """A day as people write it: 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日, 20260302. None when it is none."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)", text)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups() if part is not None))
    except ValueError:
        return None


def parts_of(text: str) -> list[str]:
    """What stands between semicolons or in lines of its own."""
    return [part.strip() for part in re.split(r"[;；\n\r]", text) if part.strip()]


def _exported(world: World, officer: Officer, slug: str) -> Edition:
    need(officer, *KEEPERS)
    edition = edition_of(world, slug)
    record(world, officer, "export_roster", slug)
    return edition


def _sheet(roster: Roster, rows: Sequence[Sequence[Value]]) -> Sheet:
    places = {column.field: place for place, column in enumerate(COLUMNS)}
    choices = ((places["group"], roster.groups), (places["is_published"], (YES, NO)))
    return Sheet(SHEET, [column.header for column in COLUMNS], rows, [column.width for column in COLUMNS], choices)


def _value(official: Official, field: str, keys: Mapping[str, str]) -> Value:
    match field:
        case "key":
            return keys[official.id]
        case "duties" | "projects":
            return BETWEEN.join(getattr(official, field))
        case "superior":
            return keys.get(official.superior_id, official.superior_id)
        case "since":
            return official.tenure.first.isoformat() if official.tenure.first else ""
        case "is_published":
            return YES if official.is_published else NO
        case _:
            value: Value = getattr(official, field)
            return value


def _normal(header: str) -> str:
    """A header as it is looked up: 姓名*, 姓名（必填） and 姓 名 are 姓名."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", header))
    return re.sub(r"(\*|\(必填\))$", "", folded)


def _nameless(names: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """Columns with content and no header."""
    widest = max((len(row.cells) for row in rows), default=0)
    places = (place for place in range(widest) if place >= len(names) or not names[place])
    return tuple(f"第 {place + 1} 列（没有表头）" for place in places if any(row.at(place).text for row in rows))
