"""Reports in words: the numbers with their cases, no rate and no name below ten cases."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from app.domain.figures import Median, Rate
from app.domain.overview import Overview, Topics
from app.domain.reporting import ReportKind
from app.services.figures.report_content import load
from app.web.documents import paper_of
from app.web.documents.phrases import Words, numeral
from app.web.presenters.periods import span, step_label
from tests.web.overviews import a_headline, a_report, an_overview, rates
from tests.web.papers import a_paper, opened, sheets, words_of


def test_the_bulletins_sections_in_their_order() -> None:
    paper = a_paper()
    assert [part.heading for part in paper.parts if part.level == 1] == [
        "一、总体情况",
        "二、办理情况",
        "三、存在问题",
        "四、事项类别",
        "五、热点诉求",
        "六、下一步工作",
    ]
    without = [part.heading for part in a_paper(matters=()).parts if part.level == 1]
    assert without[3:] == ["四、热点诉求", "五、下一步工作"], "a report of an earlier version kept no categories"
    assert [part.heading for part in paper.parts if part.level == 2][:2] == ["（一）响应和答复", "（二）群众评价"]
    assert paper.title == "关于2026年3月市领导公开电话诉求办理情况的通报"
    assert (paper.masthead, paper.issue, paper.issuer) == ("直通车月通报", "2026年第3期", "亳州市直通车工作专班")
    assert (paper.dated, paper.file_name) == (date(2026, 4, 1), "直通车月通报-20260301-草稿")


@pytest.mark.parametrize(
    ("kind", "first", "last", "title", "issue"),
    [
        (
            ReportKind.DAILY,
            date(2026, 3, 2),
            date(2026, 3, 2),
            "市领导公开电话诉求办理情况日报（2026年3月2日）",
            "2026年第61期",
        ),
        (
            ReportKind.WEEKLY,
            date(2026, 3, 30),
            date(2026, 4, 5),
            "市领导公开电话诉求办理情况周分析（2026年3月30日至4月5日）",
            "2026年第14期",
        ),
    ],
)
def test_each_kind_has_its_title_and_number(kind: ReportKind, first: date, last: date, title: str, issue: str) -> None:
    paper = a_paper(kind, first=first, last=last)
    assert (paper.title, paper.issue) == (title, issue)


def test_the_sentences_tell_the_numbers_with_their_cases() -> None:
    text = words_of(a_paper())
    for sentence in (
        "2026年3月，市领导公开电话共收到群众诉求100件，较上月增加20件、增长25.0%。其中，咨询30件、求助60件、投诉10件。",
        "共答复诉求90件，较上月减少5件、下降5.2%。",
        "本月提交的100件诉求中，已交办98件，已联系群众95件，已答复80件，群众已评价40件，其中评价已解决30件；已撤回5件。",
        "到期应联系群众的诉求50件，按时联系45件，响应率90.0%（50件）。",
        "到期应答复的诉求200件，按时答复199件，按时率99.5%（200件），较上月上升9.5个百分点。",
        "半数在1小时20分钟内得到首次联系（50件）。",
        "满意率75.0%（12件评价），与上月持平。未作评价的不视为满意。",
        "接通率75.0%（12次），与上月持平；本人接听率75.0%（12次），与上月持平；回拨率的基数为8次、不足10次，不作计算。",
        "按名册顺序，市直部门按时率99.4%（191件）。市领导到期答复不足10件，不计算比率。",
        "本月催办14次，列入督办0次，签发督办单0份。提出约谈建议0次，经督查部门逐件研究，决定约谈1次、不予约谈2次。",
        "1．到期应答复的诉求中，有1件没有按时答复。",
        "快捷回复承诺的联系时间已过仍未联系群众的，有3次。",
        "截至4月1日8时30分，尚未办结的诉求20件，其中已逾期7件，督办在列4件。",
        "停水、水压（40人）",
        "各来源点位共扫码300次，带来诉求12件。",
        "一是对已逾期的7件诉求逐件核实原因",
    ):
        assert sentence in text, sentence
    assert not re.search(r"None|nan|\{|\}|  ", text)


def test_every_rate_stands_with_its_cases() -> None:
    for kind in ReportKind:
        text = words_of(a_paper(kind)).replace("增长25.0%", "").replace("下降5.2%", "")
        for match in re.finditer(r"[\d.]+%(.{0,2})", text):
            assert match[1].startswith("（"), text[max(0, match.start() - 20) : match.end()]


def test_nobody_is_named_with_fewer_than_ten_cases() -> None:
    text = words_of(a_paper())
    assert "6．到期应答复10件以上且有逾期的（按名册顺序）：市教育局局长周文清（到期12件，逾期1件）。" in text
    for name in ("魏崇岭", "陈少", "吴敏"):
        assert name not in text, "below ten cases, or nothing late"
    assert "排名" not in text.replace("不排名", "")
    assert "周文清" not in words_of(a_paper(ReportKind.DAILY)), "a day is too short to name anybody"


def test_below_ten_cases_counts_are_told_and_no_rate() -> None:
    few = {name: Rate(3, 4) for name in rates()}
    one = a_headline(rates=few, first_response=Median(None, 4))
    text = words_of(a_paper(now=one, before=one, officials=(), trend=(), groups=()))
    assert "到期应答复的诉求4件，按时答复3件（不足10件，不计算比率）。" in text
    assert "收到有效评价4件，不足10件，不计算比率。" in text
    assert "有1件没有按时答复" in text, "a late one is a fact, whatever rate it makes"
    assert "%" not in text


def test_nothing_at_all_is_said_in_words_too() -> None:
    nothing = {name: Rate(0, 0) for name in rates()}
    one = a_headline(submitted=0, answered=0, by_kind={}, by_state={}, rates=nothing, first_response=Median(None, 0))
    quiet = an_overview(
        now=one,
        before=one,
        trend=(),
        groups=(),
        officials=(),
        topics=Topics(),
        places=(),
        measures={},
        standing=None,
        funnel=replace(an_overview().funnel, passed={}),
    )
    report = a_report(quiet)
    paper = paper_of(report, load(report))
    text = words_of(paper)
    for sentence in (
        "2026年3月，市领导公开电话没有收到群众诉求，也没有答复诉求，与上月相同。",
        "本月没有到期的诉求，没有发现需要关注的问题。",
        "没有到期应联系群众的诉求。没有到期应答复的诉求。",
        "本月到期答复的诉求尚无群众评价。",
        "本月没有来电群众登记接听情况。",
        "本月没有到期的诉求。",
        "本月没有催办、督办和约谈。",
        "本月没有反映人数明显增多的热点。",
        "一是继续做好受理",
    ):
        assert sentence in text, sentence
    assert "均已按时" not in text, "nothing fell due: that is no praise"
    assert opened(paper) and sheets(paper), "an empty month makes its papers too"


def test_a_month_in_which_all_was_in_time_says_so() -> None:
    good = {name: Rate(12, 12) for name in rates()} | {"partly": Rate(0, 12)}
    paper = a_paper(now=a_headline(rates=good), measures={}, standing=None, officials=())
    assert "本月到期的诉求均已按时联系、按时答复。" in words_of(paper)


def test_who_still_waits_is_not_told_as_a_time() -> None:
    waiting = a_headline(first_response=Median(None, 40))
    assert "半数以上仍在等候首次联系（40件）" in words_of(a_paper(now=waiting))


def test_days_in_words() -> None:
    assert span(date(2026, 2, 1), date(2026, 2, 28)) == "2026年2月"
    assert span(date(2026, 2, 3), date(2026, 2, 3)) == "2月3日"
    assert span(date(2026, 2, 3), date(2026, 2, 8)) == "2月3日至8日"
    assert span(date(2026, 2, 23), date(2026, 3, 1)) == "2月23日至3月1日"
    assert span(date(2025, 12, 29), date(2026, 1, 4)) == "2025年12月29日至2026年1月4日"
    assert step_label(date(2026, 2, 3), date(2026, 2, 8)) == "2.3-2.8"
    assert step_label(date(2026, 2, 1), date(2026, 2, 28)) == "2月"
    assert [numeral(number) for number in (1, 9, 10, 11, 20, 21)] == ["一", "九", "十", "十一", "二十", "二十一"]


def test_the_words_need_no_rank() -> None:
    words = Words(an_overview(), ReportKind.WEEKLY)
    assert all("第" not in text or "期" in text for text in words.problems())
    assert isinstance(words.overview, Overview)
