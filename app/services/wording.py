"""Words out of Chinese sentences: jieba with the city's places, without words that say nothing.

jieba is used without its cache file (it would read whatever lies under a known name in /tmp), without its log, and
without guessing unknown words, so that the same text always gives the same words. Its dictionary takes half a second
and 75 MB once per process, at the first use.
"""

from __future__ import annotations

import logging
import re
import threading
import warnings
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

with warnings.catch_warnings():  # of pkg_resources, and of escapes in its own source
    warnings.simplefilter("ignore")
    import jieba

logging.getLogger("jieba").handlers.clear()
logging.getLogger("jieba").setLevel(logging.ERROR)

SHORTEST = 2
COMMON_ENOUGH = 100_000
"""The weight of our own words: more than what they consist of has."""
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_loading = threading.Lock()


def words_in(text: str) -> frozenset[str]:
    """The Chinese words of two characters and more, each once, without stop words."""
    with _loading:
        tokenizer, stop_words = _tools()
    found = tokenizer.cut(text, HMM=False)
    return frozenset(
        word for word in found if len(word) >= SHORTEST and word not in stop_words and _CHINESE.fullmatch(word)
    )


@cache
def _tools() -> tuple[Any, frozenset[str]]:
    tokenizer = jieba.Tokenizer()
    with Path(jieba.__file__).with_name("dict.txt").open("rb") as dictionary:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    for word in (*_lines("places"), *_lines("subjects")):
        tokenizer.add_word(word, COMMON_ENOUGH)
    return tokenizer, frozenset(_lines("stop_words"))


def _lines(name: str) -> list[str]:
    text = (files("app.services") / "words" / f"{name}.txt").read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
