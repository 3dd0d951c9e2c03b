"""Settings at the console: a form for each, mistakes beside the field, history in words, the way back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from app.domain.officer import OfficeRole
from app.domain.settings import SETTINGS, CitySettings, SettingName, as_json, read_value, value_of
from app.services.running.changing_settings import READERS
from app.web.console.setting_forms import FORMS, Kind
from app.web.console.setting_values import lines_of, plain_of, shown
from tests.web.console.conftest import SITE, Desk, Office

QUIET = {"begin": "21:30", "end": "07:30", "on_days_off": "on"}


@pytest.fixture
def admin(office: Office) -> Desk:
    return office.desk(OfficeRole.ADMIN)


def path(name: SettingName) -> str:
    return f"/console/settings/{name.value}"


def value(desk: Desk, name: SettingName) -> Any:
    return value_of(desk.city.world.settings.look().settings, name)


def as_form(name: SettingName, plain: dict[str, Any]) -> MultiDict[str, str]:
    """What a browser sends of a form that shows this value."""
    sent: MultiDict[str, str] = MultiDict()

    def put(field: Any, at: str, kept: Any) -> None:
        if field.kind is Kind.CHOICES:
            for word in kept:
                sent.add(at, word)
        elif field.kind is not Kind.FLAG:
            sent[at] = str(shown(field, kept))
        elif kept:
            sent[at] = "on"

    form = FORMS[name]
    for field in form.fields:
        put(field, field.name, plain[field.name])
    for rows in form.rows:
        for number, row in enumerate(plain[rows.name]):
            sent[f"{rows.name}.{number}.order"] = str(number + 1)
            for field in rows.fields:
                put(field, f"{rows.name}.{number}.{field.name}", row[field.name])
        for field in rows.fields:  # an empty row below
            if field.kind in (Kind.CHOICE, Kind.YES_NO):
                sent[f"{rows.name}.90.{field.name}"] = field.choices[0][0]
    return sent


def send(desk: Desk, name: SettingName, form: Any, version: int = 0, **more: str) -> Any:
    sent = MultiDict(form)
    for key, word in {"csrf_token": desk.token(), "sure": "1", "version": str(version), **more}.items():
        sent[key] = word
    return desk.client.post(path(name), base_url=SITE, data=sent, headers={"Referer": SITE})


@pytest.mark.parametrize("name", SettingName)
def test_a_form_sent_as_it_was_shown_says_what_it_said(admin: Desk, name: SettingName) -> None:
    """So no field of a value is missing in its form, and none is read differently from how it is shown."""
    plain = SETTINGS[name].plain(value_of(CitySettings(), name))
    if name is SettingName.WORKDAYS:
        plain = {"days": [{"day": "2026-10-08", "worked": True, "reason": "调休"}], "years": [{"year": 2026}]}
    again = plain_of(FORMS[name], as_form(name, plain))
    assert as_json(name, read_value(name, again)) == as_json(name, read_value(name, plain))
    page = admin.see(path(name))
    assert SETTINGS[name].title in page and "默认内容" in page
    for field in (*FORMS[name].fields, *(field for rows in FORMS[name].rows for field in rows.fields)):
        assert field.kind is Kind.HIDDEN or field.label in page


def test_the_list_says_who_changed_what_last(admin: Desk) -> None:
    assert admin.see("/console/settings").count("默认，未改过") == len(SettingName)
    send(admin, SettingName.QUIET_HOURS, QUIET)
    page = admin.see("/console/settings")
    assert page.count("默认，未改过") == len(SettingName) - 1 and "某admin" in page


def test_a_change_holds_and_its_history_says_from_what_to_what(admin: Desk) -> None:
    answer = send(admin, SettingName.QUIET_HOURS, QUIET, note="夏季")
    assert answer.status_code == 303
    assert f"{value(admin, SettingName.QUIET_HOURS).begin:%H:%M}" == "21:30"
    page = admin.see(path(SettingName.QUIET_HOURS))
    assert re.search(r'class="was">\s*<li>晚上从：22:00</li>', page)
    assert "<li>晚上从：21:30</li>" in page and "夏季" in page and "某admin" in page
    assert "休息日" not in page.partition("修改记录")[2], "what stayed as it was is not told"


def test_mistakes_stand_beside_their_fields_and_nothing_is_saved(admin: Desk) -> None:
    answer = send(admin, SettingName.RETENTION, {"photos_months": "3", "contacts_months": "x<", "calls_months": "36"})
    assert answer.status_code == 422
    for field, problem in (
        ("photos_months", "请填 6 到 360 之间的整数"),
        ("contacts_months", "请填 6 到 360 之间的整数"),
        ("answered_days", "必须填写"),
    ):
        assert re.search(rf'id="{field}-problem"[^>]*>{problem}', answer.text), field
    assert 'value="x&lt;"' in answer.text and "有 3 处需要改正" in answer.text
    assert value(admin, SettingName.RETENTION) == CitySettings().retention


def rows_of(*texts: str, **more: str) -> dict[str, str]:
    return {f"items.{number}.text": text for number, text in enumerate(texts)} | {
        name.replace("_", "."): word for name, word in more.items()
    }


def replies(desk: Desk) -> list[str]:
    return [reply.text for reply in value(desk, SettingName.QUICK_REPLIES)]


def test_a_row_that_is_emptied_is_not_removed_without_a_word(admin: Desk) -> None:
    name = SettingName.QUICK_REPLIES
    send(admin, name, rows_of("甲", "乙"))
    assert admin.see(path(name)).count('.kept" value="1"') == 2, "the rows that exist, not the empty one"
    emptied = rows_of("甲", "", "", items_0_kept="1", items_1_kept="1")
    answer = send(admin, name, emptied, 1)
    assert answer.status_code == 422
    assert re.search(r'id="items.1.text-problem"[^>]*>请填写，要去掉请勾选“删除”', answer.text)
    assert replies(admin) == ["甲", "乙"]
    send(admin, name, {**emptied, "items.1.gone": "on"}, 1)
    assert replies(admin) == ["甲"]


def test_rows_are_added_removed_and_ordered(admin: Desk) -> None:
    name = SettingName.QUICK_REPLIES
    send(admin, name, rows_of("甲", "乙", "  ", "丙", items_1_gone="on"))
    assert replies(admin) == ["甲", "丙"]
    send(admin, name, rows_of("甲", "丙", "丁", items_2_order="1"), 1)
    assert replies(admin) == ["丁", "甲", "丙"], "moved up: before the one that stood there"
    send(admin, name, rows_of("丁", "甲", "丙", items_0_order="2"), 2)
    assert replies(admin) == ["甲", "丁", "丙"], "moved down: behind it"
    assert "调整了顺序" in admin.see(path(name))


def test_a_mistake_in_a_row_stands_beside_that_row(admin: Desk) -> None:
    answer = send(admin, SettingName.QUICK_REPLIES, rows_of("", "甲", "乙", "甲"))
    assert re.search(r'id="items.2.text-problem"[^>]*>与前面的重复', answer.text)
    assert re.search(r'name="items.2.text"[^>]*value="甲"', answer.text), "rows close up where one was empty"


def test_a_name_stays_with_its_reply(admin: Desk) -> None:
    page = admin.see(path(SettingName.QUICK_REPLIES))
    assert '<input type="hidden" name="items.0.name" value="meeting">' in page
    send(admin, SettingName.QUICK_REPLIES, rows_of("在开会", items_0_name="meeting"))
    assert value(admin, SettingName.QUICK_REPLIES)[0].name == "meeting"


def test_more_empty_rows_save_nothing(admin: Desk) -> None:
    before = admin.see(path(SettingName.QUICK_REPLIES)).count("新增")
    answer = send(admin, SettingName.QUICK_REPLIES, rows_of("没保存的"), more="1")
    assert answer.status_code == 200 and answer.text.count("新增") > before and "没保存的" in answer.text
    assert "没保存的" not in replies(admin)


def test_who_saw_an_older_value_is_told(admin: Desk) -> None:
    send(admin, SettingName.QUIET_HOURS, QUIET)
    late = send(admin, SettingName.QUIET_HOURS, QUIET | {"begin": "20:00"}, version=0)
    assert late.status_code == 409 and "刚被别人改过" in late.text
    assert 'value="20:00"' in late.text and 'name="version" value="0"' in late.text
    same = send(admin, SettingName.QUIET_HOURS, QUIET, version=1)
    assert same.status_code == 422 and "没有需要修改的内容" in same.text


def test_the_way_back(admin: Desk) -> None:
    send(admin, SettingName.QUIET_HOURS, QUIET)
    undo = f"{path(SettingName.QUIET_HOURS)}/undo"
    assert admin.post(undo, {"number": "1", "version": "0"}).status_code == 409
    assert admin.post(undo, {"number": "77", "version": "1"}).status_code == 404
    assert "已恢复" in admin.do(undo, number="1", version="1")
    assert value(admin, SettingName.QUIET_HOURS) == CitySettings().quiet_hours


def test_what_is_no_setting(admin: Desk) -> None:
    assert admin.get("/console/settings/x").status_code == 404
    assert send(admin, SettingName.QUIET_HOURS, {}, version=0).status_code == 422


def test_every_value_is_told_in_words() -> None:
    for name in SettingName:
        plain = SETTINGS[name].plain(value_of(CitySettings(), name))
        told = "".join(lines_of(name, plain))
        assert not re.search(r"True|False|None|solved|oa_|mp_|admin|\[", told), told


@pytest.mark.parametrize("role", [role for role in OfficeRole if role is not OfficeRole.ADMIN])
def test_others_read_at_most(office: Office, role: OfficeRole) -> None:
    desk, name = office.desk(role), SettingName.QUIET_HOURS
    reads = 200 if role in READERS else 403
    assert [desk.get(one).status_code for one in ("/console/settings", path(name))] == [reads] * 2
    assert send(desk, name, QUIET).status_code == 403
    assert desk.post(f"{path(name)}/undo", {"number": "1"}).status_code == 403
    if reads == 200:
        assert "<fieldset disabled>" in desk.see(path(name)) and ">保存<" not in desk.see(path(name))
