"""The sentences of a paper, from the numbers of an overview. None judges; each can be checked in a table."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.appeal import Kind
from app.domain.figures import FEWEST_CASES, Rate
from app.domain.labels import KINDS, STATES
from app.domain.overview import Line, Overview
from app.domain.passage import LEFT, STAGES, Measure, Stage
from app.domain.rates import CALL_RATES, RATES
from app.domain.reporting import ReportKind
from app.domain.workday import BEIJING
from app.web.presenters.figures import length
from app.web.presenters.overview import points
from app.web.presenters.periods import span
from app.web.tables import percent

PERIODS = {ReportKind.DAILY: "当日", ReportKind.WEEKLY: "本周", ReportKind.MONTHLY: "本月"}
BEFORE = {ReportKind.DAILY: "前一日", ReportKind.WEEKLY: "上周", ReportKind.MONTHLY: "上月"}
NUMERALS = "〇一二三四五六七八九"
MOST_NAMED = 5
TOO_FEW = f"不足{FEWEST_CASES}件，不计算比率"


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 一, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return head + (NUMERALS[ones] if ones else "")


@dataclass(frozen=True)
class Words:
    """`whole`: before lines were left out; counts are those of it."""

    overview: Overview
    kind: ReportKind
    whole: Overview | None = None

    @property
    def period(self) -> str:
        return PERIODS[self.kind]

    @property
    def with_topics(self) -> bool:
        return any(not line.is_kind for line in self.overview.topics.lines)

    def general(self) -> tuple[str, ...]:
        now, before, name = self.overview.now, self.overview.before, self.overview.roster
        kinds = "、".join(f"{KINDS[kind]}{now.by_kind[kind]}件" for kind in Kind if now.by_kind.get(kind))
        days = span(self.overview.first, self.overview.last)
        if not now.submitted and not now.answered and not before.submitted and not before.answered:
            return (f"{days}，{name}没有收到群众诉求，也没有答复诉求，与{BEFORE[self.kind]}相同。",)
        sentence = f"{days}，{name}共收到群众诉求{now.submitted}件，"
        sentence += f"{self._change(now.submitted, before.submitted)}。"
        if kinds:
            sentence += f"其中，{kinds}。"
        return (f"{sentence}共答复诉求{now.answered}件，{self._change(now.answered, before.answered)}。",)

    def passed(self) -> tuple[str, ...]:
        funnel = self.overview.funnel
        if not funnel.passed.get(Stage.SUBMITTED):
            return ()
        whole = funnel.passed[Stage.SUBMITTED]
        steps = "，".join(
            f"已{words}{funnel.passed.get(stage, 0)}件"
            for stage, words in STAGES.items()
            if stage not in {Stage.SUBMITTED, Stage.RATED, Stage.RESOLVED}
        )
        rated, resolved = funnel.passed.get(Stage.RATED, 0), funnel.passed.get(Stage.RESOLVED, 0)
        left = "、".join(f"{STATES[state]}{funnel.left[state]}件" for state in LEFT if funnel.left.get(state))
        ending = f"；{left}" if left else ""
        return (
            f"从办理进度看，{self.period}提交的{whole}件诉求中，{steps}，群众已评价{rated}件，"
            f"其中评价已解决{resolved}件{ending}。",
        )

    def handling(self) -> tuple[str, ...]:
        raw, median = self.overview.now.rates["raw_on_time"], self.overview.now.first_response
        text = self._due("联系群众", "联系", "response") + self._due("答复", "答复", "on_time")
        if raw.public is not None:
            text += f"按原定期限（不计延期和等待补充情况的时间）计算，{self._rate('raw_on_time')}。"
        if median.cases >= FEWEST_CASES and median.minutes is None:
            text += f"按工作时间计算，半数以上仍在等候首次联系（{median.cases}件）。"
        elif median.cases >= FEWEST_CASES and median.minutes is not None:
            text += f"按工作时间计算，半数在{length(median.minutes)}内得到首次联系（{median.cases}件）。".replace(
                " ", ""
            )
        return (text,)

    def ratings(self) -> tuple[str, ...]:
        rates = self.overview.now.rates
        rated = rates["resolution"].cases
        if not rated:
            return (f"{self.period}到期答复的诉求尚无群众评价。",)
        if rated < FEWEST_CASES:
            return (f"{self.period}到期答复的诉求收到有效评价{rated}件，{TOO_FEW}。",)
        partly, satisfied = rates["partly"], rates["satisfaction"]
        return (
            f"收到群众有效评价{rated}件，{self._rate('participation')}。评价已解决{rates['resolution'].hits}件，"
            f"{self._rate('resolution')}；部分解决{partly.hits}件。评价满意和基本满意{satisfied.hits}件，"
            f"{self._rate('satisfaction')}。未作评价的不视为满意。",
        )

    def calls(self) -> tuple[str, ...]:
        rates = self.overview.now.rates
        if not rates["connection"].cases:
            return (f"{self.period}没有来电群众登记接听情况。",)
        told = "；".join(self._rate(name) for name in CALL_RATES)
        return (f"来电群众登记通话{rates['connection'].cases}次。{told}。",)

    def groups(self) -> tuple[str, ...]:
        told = [
            f"{line.name}按时率{percent(rate)}（{rate.cases}件）"
            for line in self.overview.groups
            if (rate := line.rates["on_time"]).rankable()
        ]
        few = [line.name for line in self.overview.groups if not line.rates["on_time"].rankable()]
        sentence = f"按名册顺序，{'，'.join(told)}。" if told else ""
        return (f"{sentence}{'、'.join(few)}到期答复{TOO_FEW}。" if few else sentence,)

    def officials(self) -> tuple[str, ...]:
        lines = (self.whole or self.overview).officials
        if not lines:
            return (f"{self.period}没有到期的诉求。",)
        enough = sum(line.rates["on_time"].rankable() for line in lines)
        return (
            f"{self.period}有到期诉求或者通话登记的负责同志{len(lines)}名，其中到期应答复10件以上的{enough}名。"
            "下表按名册顺序列出有一项基数在10件以上的，不排名；其余的数据尚在积累，未列入。",
        )

    def measures(self) -> tuple[str, ...]:
        counts = self.overview.measures
        if not counts:
            return (f"{self.period}没有催办、督办和约谈。",)

        def count(measure: Measure) -> int:
            return counts.get(measure, 0)

        sentence = (
            f"{self.period}催办{count(Measure.URGED)}次，列入督办{count(Measure.LISTED)}次，签发督办单"
            f"{count(Measure.ORDERED)}份。提出约谈建议{count(Measure.SUGGESTED)}次，经督查部门逐件研究，"
            f"决定约谈{count(Measure.HELD)}次、不予约谈{count(Measure.DISMISSED)}次"
        )
        if count(Measure.RECTIFIED) or count(Measure.REFERRED):
            sentence += f"；确认整改{count(Measure.RECTIFIED)}次，移交{count(Measure.REFERRED)}次"
        return (f"{sentence}。",)

    def problems(self) -> tuple[str, ...]:
        """Counts, and of officials only who had ten cases or more, in the roster's order."""
        found = []
        rates, standing = self.overview.now.rates, self.overview.standing
        if late := rates["on_time"].cases - rates["on_time"].hits:
            found.append(f"到期应答复的诉求中，有{late}件没有按时答复。")
        if missed := rates["response"].cases - rates["response"].hits:
            found.append(f"到期应联系的诉求中，有{missed}件没有按时联系群众。")
        if broken := self.overview.measures.get(Measure.PROMISE_BROKEN):
            found.append(f"快捷回复承诺的联系时间已过仍未联系群众的，有{broken}次。")
        unresolved = rates["resolution"].cases - rates["resolution"].hits - rates["partly"].hits
        if unresolved:
            found.append(f"群众评价未解决的，有{unresolved}件。")
        if standing and standing.overdue:
            at = standing.at.astimezone(BEIJING)
            moment = (
                f"{at.month}月{at.day}日{at.hour}时{at.minute}分" if at.minute else f"{at.month}月{at.day}日{at.hour}时"
            )
            found.append(
                f"截至{moment}，尚未办结的诉求{standing.open}件，其中已逾期{standing.overdue}件，督办在列{standing.supervised}件。"
            )
        if self.kind is not ReportKind.DAILY and (named := self._late()):
            found.append(f"到期应答复10件以上且有逾期的（按名册顺序）：{'；'.join(named)}。")
        if not found and not rates["response"].cases and not rates["on_time"].cases:
            return (f"{self.period}没有到期的诉求，没有发现需要关注的问题。",)
        if not found:
            return (f"{self.period}到期的诉求均已按时联系、按时答复。",)
        return tuple(f"{number}．{sentence}" for number, sentence in enumerate(found, 1))

    def matters(self) -> tuple[str, ...]:
        """The five most frequent categories; those with ten answers due or more and one of them late."""
        matters = self.overview.matters
        named = [matter for matter in matters if matter.name and matter.count][:MOST_NAMED]
        if not named:
            return (f"{self.period}提交的诉求按用词还不能归类。",)
        told = "、".join(f"{one.name}{one.count}件" for one in named)
        without = sum(matter.count for matter in matters if not matter.name)
        rest = f"；按用词不能归类的{without}件" if without else ""
        late = [
            f"{one.name}（到期{one.on_time.cases}件，逾期{one.on_time.cases - one.on_time.hits}件）"
            for one in matters
            if one.name and _is_late(one.on_time)
        ]
        first = f"按诉求用词归类，{self.period}反映较多的事项是{told}{rest}。"
        return (first, f"到期应答复10件以上且有逾期的事项：{'；'.join(late)}。") if late else (first,)

    def topics(self) -> tuple[str, ...]:
        named = [line for line in self.overview.topics.lines if not line.is_kind]
        if not named:
            return (f"{self.period}没有反映人数明显增多的热点。",)
        told = "；".join(f"{'、'.join((line.text, *line.also))}（{line.now}人）" for line in named[:5])
        return (f"与此前四期相比，反映人数明显增多的有：{told}。每人计一次。",)

    def places(self) -> tuple[str, ...]:
        places = (self.whole or self.overview).places
        if not places:
            return ()
        visits, appeals = sum(place.visits for place in places), sum(place.appeals for place in places)
        return (f"各来源点位共扫码{visits}次，带来诉求{appeals}件。",)

    def next_steps(self) -> tuple[str, ...]:
        """A draft in words that fit the facts of the period."""
        steps, standing = [], self.overview.standing
        rates = self.overview.now.rates
        if standing and standing.overdue:
            steps.append(f"对已逾期的{standing.overdue}件诉求逐件核实原因、明确办结时限，办结前不销号。")
        if rates["response"].hits < rates["response"].cases or self.overview.measures.get(Measure.PROMISE_BROKEN):
            steps.append("督促各承办单位在承诺时间内主动联系群众，确有特殊情况的及时说明。")
        unresolved = rates["resolution"].cases - rates["resolution"].hits
        if unresolved:
            steps.append("对群众评价未解决、部分解决的诉求开展回访，能办的限期办好，暂时不能办的说明原因。")
        if self.with_topics:
            text = next(line.text for line in self.overview.topics.lines if not line.is_kind)
            steps.append(f"围绕“{text}”等群众集中反映的问题，会同有关部门研究从源头上解决的办法。")
        steps.append("继续做好受理、办理、答复、回访各环节工作，确保件件有着落、事事有回音。")
        return tuple(f"{numeral(number)}是{step}" for number, step in enumerate(steps, 1))

    def _late(self) -> list[str]:
        return [self._named(line) for line in self.overview.officials if _is_late(line.rates["on_time"])]

    def _named(self, line: Line) -> str:
        rate = line.rates["on_time"]
        return f"{line.unit}{line.post}{line.name}（到期{rate.cases}件，逾期{rate.cases - rate.hits}件）"

    def _rate(self, name: str) -> str:
        """`响应率99.7%（376件），较上月下降0.3个百分点`."""
        kind, rate = RATES[name], self.overview.now.rates[name]
        share = percent(rate)
        if share is None:
            unit = kind.unit[0]
            return f"{kind.title}的基数为{rate.cases}{unit}、不足{FEWEST_CASES}{unit}，不作计算"
        words = f"{kind.title}{share}（{rate.cases}{kind.unit}）"
        against = points(rate, self.overview.before.rates.get(name, Rate(0, 0)))
        if against is None:
            return words
        return f"{words}，{'与' if against == '持平' else '较'}{BEFORE[self.kind]}{against}".replace(" ", "")

    def _due(self, duty: str, deed: str, name: str) -> str:
        """The counts, and the rate from ten cases on."""
        rate = self.overview.now.rates[name]
        if not rate.cases:
            return f"没有到期应{duty}的诉求。"
        counts = f"到期应{duty}的诉求{rate.cases}件，按时{deed}{rate.hits}件"
        return f"{counts}，{self._rate(name)}。" if rate.rankable() else f"{counts}（{TOO_FEW}）。"

    def _change(self, now: int, before: int) -> str:
        if now == before:
            return f"与{BEFORE[self.kind]}持平"
        words = f"较{BEFORE[self.kind]}{'增加' if now > before else '减少'}{abs(now - before)}件"
        share = percent(Rate(abs(now - before), before))
        return f"{words}、{'增长' if now > before else '下降'}{share}" if share else words


def _is_late(rate: Rate) -> bool:
    return rate.rankable() and rate.hits < rate.cases
