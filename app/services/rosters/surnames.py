"""How a Chinese surname is read, which is often not how its character is read elsewhere (单 is Shan, 曾 is Zeng)."""

from __future__ import annotations

import string
import unicodedata
from functools import lru_cache
from types import MappingProxyType

from pypinyin import lazy_pinyin

UNKNOWN = "#"
"""The letter of names that have none: the last section of a list by letters."""

READINGS = MappingProxyType(
    {
        "乜": "nie", "乐": "yue", "仇": "qiu", "佴": "nai", "区": "ou", "卜": "bu", "单": "shan",
        "句": "gou", "召": "shao", "员": "yun", "折": "she", "曾": "zeng", "朴": "piao", "查": "zha", "洗": "xian",
        "炅": "gui", "盖": "ge", "祭": "zhai", "秘": "bi", "种": "chong", "繁": "po", "缪": "miao", "翟": "zhai",
        "能": "nai", "莘": "xin", "薄": "bo", "藏": "zang", "覃": "qin", "解": "xie", "重": "chong", "都": "du",
        "阚": "kan", "隗": "wei", "黑": "he", "么": "yao",
    }
)  # fmt: skip
"""Where pypinyin, which knows no surnames, reads otherwise. Of several readings the one most bearers use (覃: qin).
Source: 现代汉语词典, entries marked 姓."""


@lru_cache(maxsize=4096)
def surname_reading(name: str) -> str:
    """The pinyin of the first character of `name` as a surname, in small letters without tones; of any other text what
    stands there; empty for an empty name. pypinyin itself knows the surnames of two characters (尉迟 is Yuchi)."""
    return READINGS.get(name[:1]) or next(iter(lazy_pinyin(name)), "").lower()


def initial_of(name: str) -> str:
    """The letter A to Z under which a list by letters shows the name; UNKNOWN for a name without one."""
    plain = unicodedata.normalize("NFKD", surname_reading(name.strip()))
    letter = plain[:1].upper()
    return letter if letter in set(string.ascii_uppercase) else UNKNOWN
