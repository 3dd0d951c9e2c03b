"""A roster as a table: the template, what goes out, and that what went out comes in again unchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.edition import settled
from app.domain.roster import Official, Tenure
from app.services.rosters.importing import import_roster
from app.services.rosters.keeping import create_official
from app.services.rosters.plan import Status
from app.services.rosters.table import COLUMNS, day_of, export_csv, export_xlsx, template_xlsx
from app.services.rosters.table_import import dry_run
from app.services.tables.writing import Sheet, csv_file, xlsx
from app.services.world import World
from tests.domain.factories import PATIENT
from tests.fakes import MemoryStores
from tests.services.factories import a_roster, a_world, an_official
from tests.services.keepers import CITY, EDITOR, audited, edition, somebody
from tests.services.tables import a_csv, a_workbook, cells

ROSTERS = sorted((Path(__file__).parents[2] / "dev" / "rosters").glob("*.json"))


def test_the_template_is_understood_and_its_examples_are_never_imported(world: World) -> None:
    data = template_xlsx(edition(world).roster)
    header, *examples = cells(data)
    assert header == [column.header for column in COLUMNS]
    assert [row[0] for row in examples] == ["示例1", "示例2"]
    assert cells(data, 1)[1:] == [
        [column.header, "是" if column.is_required else "否", column.how or None] for column in COLUMNS
    ]
    plan = dry_run(world, CITY, data, "模板.xlsx")
    assert (plan.problems, plan.unknown_columns) == (("表里没有可以导入的行",), ())
    for row in examples:
        row[0] = None
    filled = dry_run(world, CITY, a_workbook(header, *examples), "名册.xlsx")
    assert [row.status for row in filled.rows] == [Status.NEW, Status.NEW], "as they stand they are filled in rightly"


def test_what_is_exported_stands_on_the_audit_log_and_shows_everybody(world: World) -> None:
    create_official(world, EDITOR, CITY, somebody(superior="education", projects=["码头"], since="2026-03-01"))
    header, *rows = cells(export_xlsx(world, EDITOR, CITY))
    assert header == [column.header for column in COLUMNS]
    assert rows[-1] == [
        "001", 4, "市直部门", "吴敏", "局长", "市水务局", "停水；水质", "15400000077", None, None, None, "码头",
        "education", "2026-03-01", "否",
    ]  # fmt: skip
    assert audited(world)[-1] == ("export_roster", CITY)


@pytest.mark.parametrize("file", ROSTERS, ids=lambda file: file.stem)
def test_every_sample_goes_out_and_in_again_unchanged(file: Path) -> None:
    world = a_world(stores=MemoryStores())
    import_roster(world, json.loads(file.read_text(encoding="utf-8")))
    csv_data = export_csv(world, EDITOR, file.stem)
    for data in (export_xlsx(world, EDITOR, file.stem), csv_data, csv_data.decode("utf-8-sig").encode("gb18030")):
        plan = dry_run(world, file.stem, data, "名册", unpublish_missing=True)
        assert (plan.problems, plan.missing, plan.unknown_columns) == ((), (), ())
        assert {row.status for row in plan.rows} == {Status.UNCHANGED}


LETTERS = st.sampled_from("=+-@'＝甲乙a1 \",，、().\t") | st.characters(
    exclude_categories=["Cs", "Cc", "Cn"], exclude_characters=";；"
)
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(
    lambda text: "".join(letter for letter in text if letter.isprintable()).strip() or "甲"
)
PHONES = st.from_regex(r"(\+86|0|1)[0-9]{6,10}", fullmatch=True)
OFFICIALS = st.builds(
    lambda name, post, unit, duties, phone, other, projects, published, first, last: an_official(
        name=name,
        post=post,
        unit=unit,
        duties=tuple(duties),
        phone=phone,
        duty_phone=other,
        projects=tuple(projects),
        is_published=published,
        tenures=(Tenure("前任", None, first), Tenure(name, last)) if first and last else (Tenure(name, last),),
    ),
    WORDS, WORDS, WORDS, st.lists(WORDS, min_size=1, max_size=3), PHONES, st.just("") | PHONES,
    st.lists(WORDS, max_size=2), st.booleans(), st.none() | st.just(date(2026, 1, 1)),
    st.none() | st.dates(date(2026, 1, 2), date(2026, 3, 1)),
)  # fmt: skip


@PATIENT
@given(st.lists(OFFICIALS, min_size=1, max_size=4), st.lists(st.sampled_from(["市领导", "市直部门"]), min_size=4))
def test_whatever_was_exported_is_imported_unchanged(officials: list[Official], groups: list[str]) -> None:
    world = a_world(stores=MemoryStores())
    named = [
        replace(one, id=f"city.0{number}", group=group, superior_id="city.00" if number else "")
        for number, (one, group) in enumerate(zip(officials, groups, strict=False))
    ]
    world.stores.rosters.put(a_roster())
    for one in settled(a_roster(), named).officials:
        world.stores.officials.put(one)
    csv_data = export_csv(world, EDITOR, CITY)
    for data in (export_xlsx(world, EDITOR, CITY), csv_data, csv_data.decode("utf-8-sig").encode("gb18030")):
        plan = dry_run(world, CITY, data, "名册", unpublish_missing=True)
        assert [(row.status, row.errors, row.fields) for row in plan.rows] == [(Status.UNCHANGED, (), ())] * len(named)
        assert (plan.problems, plan.missing) == ((), ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-02", date(2026, 3, 2)),
        ("2026/3/2", date(2026, 3, 2)),
        ("2026.3.2", date(2026, 3, 2)),
        ("2026年3月2日", date(2026, 3, 2)),
        ("20260302", date(2026, 3, 2)),
        ("2026-02-30", None),
        ("46083", None),
        ("三月", None),
    ],
)
def test_days_as_people_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_a_table_of_texts_with_zeros_in_front_keeps_them(world: World) -> None:
    header = ["编号", "姓名", "公开电话", "值班电话"]
    row = ["education", "周文清", "05580000101", "0558-0000001"]
    for data in (xlsx([Sheet("名册", header, [row])]), csv_file(header, [row]), a_csv(header, row, code="gb18030")):
        (plan,) = dry_run(world, CITY, data, "a").rows
        assert [told.after for told in plan.fields] == ["05580000101", "0558-0000001"]
