"""Officials written down, changed, ordered and published at the console: by whom, with which refusals, seen when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.errors import Reason, Refusal
from app.domain.officer import OfficeRole
from app.domain.roster import Delegation, Tenure
from app.services.rosters.content import key_of, official_content
from app.services.rosters.directory import Directory
from app.services.rosters.keeping import (
    create_official,
    edit_official,
    edition_to_keep,
    order_officials,
    publish_official,
    unpublish_official,
)
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import a_world, an_official
from tests.services.keepers import (
    CITY,
    COLLEAGUE,
    EDITOR,
    an_officer,
    audited,
    edition,
    seen,
    shown,
    somebody,
    stored,
)
from tests.services.races import meanwhile


def fields(refusal: Refusal) -> dict[str, list[str]]:
    found = refusal.detail["fields"]
    assert isinstance(found, dict)
    return found


def test_a_new_official_is_the_last_of_the_group_and_not_shown_yet(world: World) -> None:
    made = create_official(world, EDITOR, CITY, somebody(group="市领导", post="副市长", superior="mayor"))
    assert made == stored(world, made.id)
    assert (made.position, made.superior_id, made.tenures) == (2, "mayor", (Tenure("吴敏"),))
    assert [one.position for one in edition(world).officials] == [1, 2, 3, 4]
    assert shown(world) == ["魏崇岭", "周文清", "解放"]
    publish_official(world, EDITOR, made.id)
    assert shown(world) == ["魏崇岭", "吴敏", "周文清", "解放"]
    assert audited(world) == [("create_official", "吴敏"), ("publish_official", made.id)]


def test_keys_go_on_where_they_are_and_may_be_given(world: World) -> None:
    first = create_official(world, EDITOR, CITY, somebody())
    given = create_official(world, EDITOR, CITY, somebody(name="郑平", key="cs-009"))
    after = create_official(world, EDITOR, CITY, somebody(name="何为", is_published=True, since="2026-03-02"))
    assert [key_of(one) for one in (first, given, after)] == ["001", "cs-009", "cs-010"]
    assert after.is_published
    assert after.tenures == (Tenure("何为", date(2026, 3, 2)),)
    for key in ("cs-009", "roads", "有空 格"):
        with refused(Reason.BAD_REQUEST) as caught:
            create_official(world, EDITOR, CITY, somebody(name="另一位", key=key))
        assert list(fields(caught.value)) == ["key"]


def test_a_form_sent_twice_makes_one(world: World) -> None:
    create_official(world, EDITOR, CITY, somebody())
    with refused(Reason.BAD_REQUEST) as caught:
        create_official(world, EDITOR, CITY, somebody())
    assert fields(caught.value) == {"name": ["名册里已有这位负责同志（编号 001）"]}
    assert len(edition(world).officials) == 4


def test_every_mistake_stands_beside_its_field(world: World) -> None:
    wrong = {
        "group": "没有的组",
        "name": "",
        "post": "局长" * 40,
        "unit": "某局\n二处",
        "duties": ["一；二"],
        "phone": "拨打总机",
        "duty_phone": "12",
        "email": "not an address",
        "wechat_id": "我的微信",
        "projects": [f"项目{n}" for n in range(40)],
        "since": "去年",
    }
    before = edition(world)
    with refused(Reason.BAD_REQUEST) as caught:
        create_official(world, EDITOR, CITY, wrong)
    assert fields(caught.value) == {
        "group": ["没有“没有的组”这个分组"],
        "name": ["必须填写"],
        "post": ["最多 60 个字"],
        "unit": ["不能有换行或看不见的控制字符"],
        "duties": ["单项里不要有分号"],
        "phone": ["不是电话号码"],
        "duty_phone": ["不是电话号码"],
        "email": ["不是邮箱地址"],
        "wechat_id": ["微信号由 5 到 30 个字母、数字、下划线或减号组成"],
        "projects": ["最多 30 项"],
        "since": ["看不懂：'去年'"],
    }
    assert edition(world) == before
    assert audited(world) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"superior": "nobody"}, "superior"),
        ({"since": "2026-03-03"}, "since"),
        ({"duties": []}, "duties"),
        ({"phone": ""}, "phone"),
        ({"name": "\ud800"}, "name"),
        ({"name": 7}, "name"),
    ],
)
def test_what_an_edition_cannot_hold_is_refused(world: World, given: dict[str, Any], field: str) -> None:
    with refused(Reason.BAD_REQUEST) as caught:
        create_official(world, EDITOR, CITY, somebody(**given))
    assert list(fields(caught.value)) == [field]


def test_only_what_is_given_changes_and_is_seen_at_once(world: World) -> None:
    directory = Directory(world)
    directory.snapshot(CITY)
    before = stored(world)
    after = edit_official(world, EDITOR, "education", {"post": "党组书记", "duties": ["校车", ""]}, seen(world))
    assert after == stored(world) == replace(
        before, post="党组书记", duties=("校车",), version=2, tenures=(Tenure("周文清"),), change=2,
        tenures_changed_at=after.tenures_changed_at,
    )  # fmt: skip
    assert directory.official("education")[1].post == "党组书记"
    assert world.stores.rosters.get(CITY).revision == 2


def test_a_form_as_it_was_filled_in_changes_nothing(world: World) -> None:
    for official in edition(world).officials:
        edit_official(world, EDITOR, official.id, official_content(official), seen(world))
    assert (seen(world), audited(world)) == (1, [])


def test_another_name_is_a_correction_only_when_said_so(world: World) -> None:
    with refused(Reason.BAD_REQUEST) as caught:
        edit_official(world, EDITOR, "education", {"name": "吴敏"}, seen(world))
    assert list(fields(caught.value)) == ["name"]
    assert edit_official(world, EDITOR, "education", {"name": "周文青"}, seen(world), corrects_name=True).tenures == (
        Tenure("周文青"),
    )


def test_the_duty_calendar_that_changes_meanwhile_is_kept(world: World) -> None:
    duty = (Delegation("aide", date(2026, 3, 3), date(2026, 3, 4)),)

    def set_duty() -> None:
        current = stored(world)
        world.stores.officials.put(replace(current, delegations=duty, version=current.version + 1))

    meanwhile(world.stores.officials, set_duty)
    edit_official(world, EDITOR, "education", {"post": "党组书记"}, seen(world))
    assert (stored(world).post, stored(world).delegations, stored(world).version) == ("党组书记", duty, 3)
    version = seen(world)
    set_duty()
    edit_official(world, EDITOR, "education", {"post": "局长"}, version)
    assert stored(world).delegations == duty, "and a form is not out of date because of it"


def test_of_two_editors_of_one_official_the_second_is_told_what_the_first_changed(world: World) -> None:
    version = seen(world)
    edit_official(world, COLLEAGUE, "education", {"phone": "15400000009", "post": "主任"}, version)
    edit_official(world, COLLEAGUE, "roads", {"post": "副局长"}, seen(world))
    with refused(Reason.ROSTER_CHANGED) as caught:
        edit_official(world, EDITOR, "education", {"post": "党组书记"}, version)
    detail = caught.value.detail
    assert (detail["fields"], detail["labels"]) == (["post", "phone"], ["职务", "公开电话"])
    assert (detail["by"], detail["at"]) == ("赵编辑", "2026-03-02T02:00:00+00:00")
    assert stored(world).post == "主任"
    edit_official(world, EDITOR, "mayor", {"post": "代市长"}, version)
    edit_official(world, EDITOR, "education", {"post": "党组书记"}, seen(world))


def test_two_editors_at_the_same_moment_lose_nothing(world: World) -> None:
    version = seen(world)
    meanwhile(
        world.stores.roster_changes,
        lambda: edit_official(world, COLLEAGUE, "roads", {"post": "副局长"}, version),
    )
    edit_official(world, EDITOR, "education", {"post": "主任"}, version)
    assert (stored(world).post, stored(world, "roads").post) == ("主任", "副局长")
    meanwhile(
        world.stores.roster_changes,
        lambda: edit_official(world, COLLEAGUE, "education", {"post": "主任二"}, seen(world)),
    )
    with refused(Reason.ROSTER_CHANGED):
        edit_official(world, EDITOR, "education", {"post": "主任三"}, seen(world))
    assert stored(world).post == "主任二"


def test_dragging(world: World) -> None:
    for name in ("甲", "乙"):
        create_official(world, EDITOR, CITY, somebody(name=name, is_published=True))
    order_officials(world, EDITOR, CITY, ["city.002", "education", "roads", "city.001"])
    assert shown(world) == ["魏崇岭", "乙", "周文清", "解放", "甲"]
    order_officials(world, EDITOR, CITY, ["roads", "city.001", "education", "city.002"])
    assert shown(world) == ["魏崇岭", "解放", "甲", "周文清", "乙"]
    assert [one.position for one in edition(world).officials] == [1, 2, 3, 4, 5]
    number = seen(world)
    order_officials(world, EDITOR, CITY, ["roads", "city.001", "education", "city.002"])
    assert seen(world) == number, "they stand there already"
    assert stored(world, "city.002").version == 3, "only who stands elsewhere is written"


def test_into_another_group_and_back(world: World) -> None:
    edit_official(world, EDITOR, "roads", {"group": "市领导"}, seen(world))
    assert [(one.id, one.group) for one in edition(world).officials] == [
        ("mayor", "市领导"),
        ("roads", "市领导"),
        ("education", "市直部门"),
    ]
    with refused(Reason.BAD_REQUEST) as caught:
        edit_official(world, EDITOR, "roads", {"group": "没有的组"}, seen(world))
    assert fields(caught.value) == {"group": ["没有“没有的组”这个分组"]}


def test_unpublished_is_gone_with_the_very_next_request_in_every_process(world: World) -> None:
    one, other = Directory(world), Directory(world)
    for directory in (one, other):
        assert directory.official("education")
    unpublish_official(world, EDITOR, "education", "调离")
    for directory in (one, other):
        assert directory.search("周文清") == []
        with refused(Reason.NO_SUCH_OFFICIAL):
            directory.official("education")
    assert stored(world).position == 2, "the place is kept"
    publish_official(world, EDITOR, "education")
    assert shown(world) == ["魏崇岭", "周文清", "解放"]


def test_a_superior_by_key_or_id_and_never_in_a_circle(world: World) -> None:
    made = create_official(world, EDITOR, CITY, somebody(superior="education"))
    edit_official(world, EDITOR, "roads", {"superior": key_of(made)}, seen(world))
    assert stored(world, "roads").superior_id == made.id
    with refused(Reason.BAD_REQUEST) as caught:
        edit_official(world, EDITOR, "education", {"superior": "roads"}, seen(world))
    assert fields(caught.value) == {
        "superior": ["上级绕了一圈又回到自己", "解放：上级绕了一圈又回到自己", "吴敏：上级绕了一圈又回到自己"]
    }


def test_what_contradicted_itself_before_stops_nobody() -> None:
    world = a_world()
    world.stores.officials.put(an_official("stray", group="旧组", superior_id="gone"))
    edit_official(world, EDITOR, "roads", {"post": "副局长"}, seen(world))
    assert stored(world, "roads").post == "副局长"


DEEDS: dict[str, Callable[[World, Any], Any]] = {
    "read": lambda w, o: edition_to_keep(w, o, CITY),
    "create": lambda w, o: create_official(w, o, CITY, somebody()),
    "edit": lambda w, o: edit_official(w, o, "roads", {"post": "副局长"}, 1),
    "order": lambda w, o: order_officials(w, o, CITY, ["roads", "education"]),
    "publish": lambda w, o: publish_official(w, o, "roads"),
    "unpublish": lambda w, o: unpublish_official(w, o, "roads"),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_only_editors_and_admins_keep_a_roster(world: World, deed: str) -> None:
    before = edition(world)
    for role in OfficeRole:
        if role in {OfficeRole.EDITOR, OfficeRole.ADMIN}:
            DEEDS[deed](a_world(), an_officer(role))
            continue
        with refused(Reason.NOT_YOUR_ROLE):
            DEEDS[deed](world, an_officer(role))
    assert edition(world) == before


def test_what_is_not_there(world: World) -> None:
    with refused(Reason.NO_SUCH_ROSTER):
        create_official(world, EDITOR, "nowhere", somebody())
    with refused(Reason.NO_SUCH_OFFICIAL):
        unpublish_official(world, EDITOR, "nobody")
    with refused(Reason.BAD_REQUEST) as caught:
        unpublish_official(world, EDITOR, "roads", "因" * 301)
    assert list(fields(caught.value)) == ["note"]
