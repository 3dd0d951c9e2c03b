"""What a matter is about (事项分类), suggested by the words in it. Nobody's decision hangs on it: a suggestion says
which words it rests on, and a text without such words stays without a category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.given import Given

MOST, MOST_WORDS = 40, 60
LONGEST_NAME, LONGEST_WORD = 12, 12


@dataclass(frozen=True)
class Category:
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """`words` are those of the category that stand in the text."""

    name: str
    words: tuple[str, ...]


def suggest(text: str, categories: Iterable[Category]) -> Suggestion | None:
    """The category most of whose words, by their length, stand in the text; of equal ones the first. None for none.

    A word inside a longer one that was found too (水 in 停水) adds nothing.
    """
    best: Suggestion | None = None
    weight = 0
    for category in categories:
        found = tuple(word for word in category.words if word in text)
        longest = [word for word in found if not any(word != other and word in other for other in found)]
        if sum(map(len, longest)) > weight:
            best, weight = Suggestion(category.name, found), sum(map(len, longest))
    return best


def read_categories(given: Given) -> tuple[Category, ...]:
    items = given.items("items", 1, MOST)
    found = tuple(Category(i.text("name", LONGEST_NAME), i.words("words", MOST_WORDS, LONGEST_WORD)) for i in items)
    names = [category.name for category in found]
    for place, name in enumerate(names):
        if name and name in names[:place]:
            given.complain(f"items.{place}.name", "与前面的重复")
    return found


def plain_categories(categories: Iterable[Category]) -> dict[str, Any]:
    return {"items": [{"name": category.name, "words": list(category.words)} for category in categories]}


def _category(name: str, words: str) -> Category:
    return Category(name, tuple(words.split()))


CATEGORIES = (
    _category(
        "水电气热", "停水 停电 断水 断电 自来水 水压 供水 供电 电费 水费 燃气 天然气 暖气 供暖 供热 管网 水管 电线"
    ),
    _category("道路交通", "路灯 道路 马路 坑洼 堵车 拥堵 红绿灯 斑马线 停车 公交 公交车 站台 井盖 非机动车 电动车 桥"),
    _category("住房物业", "物业 小区 房产证 不动产 电梯 业委会 维修资金 公租房 保障房 烂尾 交房 拆迁 安置 漏水 物业费"),
    _category("环境卫生", "垃圾 污水 噪音 噪声 扰民 油烟 异味 扬尘 河道 水质 污染 厕所 黑臭 焚烧 养殖"),
    _category("城市管理", "占道 摆摊 违建 违章建筑 广告牌 乱停 城管 绿化 公园 健身 广场 树木"),
    _category("教育", "学校 上学 入学 招生 学区 老师 教师 幼儿园 中考 高考 学费 收费 补课 培训机构 食堂 校车"),
    _category("医疗卫生", "医院 医生 看病 挂号 医保 报销 药店 药品 疫苗 卫生院 体检 急诊"),
    _category("社会保障", "社保 养老金 养老 低保 残疾 救助 退休 失业金 抚恤 高龄补贴 福利"),
    _category("劳动就业", "工资 欠薪 拖欠 讨薪 劳动合同 加班 工伤 招聘 就业 辞退 农民工 用人单位"),
    _category("农业农村", "农田 土地 承包 宅基地 征地 补偿款 灌溉 水渠 化肥 种子 收割 粮食 村委会 村干部 惠农"),
    _category("市场消费", "退款 退货 假货 价格 涨价 食品安全 过期 商家 预付卡 缺斤少两 消费"),
    _category("营商环境", "营业执照 企业 贷款 税务 发票 审批 招标 工程款 开工 用地 政策兑现 奖补"),
    _category("政务服务", "身份证 户口 户籍 居住证 办证 证明 窗口 政务大厅 公积金 护照 盖章"),
    _category("公共安全", "消防 火灾 诈骗 盗窃 治安 危房 隐患 高空抛物 烟花 溺水 犬 狗"),
)
