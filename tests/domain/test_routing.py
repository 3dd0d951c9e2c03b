"""To whom an appeal in review most probably goes."""

from __future__ import annotations

from dataclasses import replace

from app.domain.bar import Bar
from app.domain.intake import hand_back
from app.domain.routing import handed_back, suggested

from .factories import MONDAY, OFFICIAL, TERMS, an_appeal, given_to


def test_whoever_the_resident_chose_is_suggested_unless_it_is_about_somebody():
    appeal = an_appeal()
    assert suggested(appeal) == appeal.addressed_to == "education"
    assert handed_back(appeal) is None
    about = (Bar("roads"),)
    assert suggested(replace(appeal, bars=about)) == "", "a person decides"
    assert suggested(replace(appeal, bars=(Bar("education"),))) == ""


def test_whoever_handed_it_back_is_never_suggested_again():
    back = hand_back(an_appeal(), "不属本单位", OFFICIAL, TERMS, MONDAY)
    entry = handed_back(back)
    assert entry is not None
    assert entry.text == "不属本单位"
    assert suggested(back) == ""
    again = given_to(back, "roads")
    assert handed_back(again) is None, "it waits for nobody's routing"
    assert suggested(again) == ""
