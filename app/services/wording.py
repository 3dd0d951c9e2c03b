"""Words out of Chinese sentences: jieba with the city's places, without words that say nothing.

jieba is used without its cache file (it would read whatever lies under a known name in /tmp), without its log, and
without guessing unknown words, so that the same text always gives the same words. Its dictionary takes half a second
and 75 MB once per process, at the first use; which of its words are names, where
that is asked, another 20 MB.
"""

from __future__ import annotations

import itertools
import logging
import re
import threading
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
PROPER = ("nr", "ns", "nt", "nz")
COMMON_ENOUGH = 100_000
"""The weight of our own words: more than what they consist of has."""
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_loading = threading.Lock()


@dataclass(frozen=True)
class Wording:
    """`names`: those of the words that name a person or a place, as far as they stand for it in this text."""

    words: frozenset[str]
    names: frozenset[str]


def words_in(text: str) -> frozenset[str]:
    """The Chinese words of two characters and more, each once, without stop words."""
    return _words(_cut(text))


def wording_of(text: str, plain: Iterable[str] = ()) -> Wording:
    """The same words, and which of them name somebody or somewhere. `plain` name nothing, whatever else is known of
    them: what the city's categories are made of (红绿灯 stands among the dictionary's persons).

    Whom or what a name points at cannot be told from a dictionary alone. A word counts as a name by itself (`is_name`),
    right before the end of a place's name (阳光 in 阳光花园), and right after a surname (明亮 in 侯明亮). Rather too
    many than too few: what is taken for a name is only kept out of papers while few people wrote it. An estate's common
    word that stands alone (住在桃花源) is not seen; whoever signs the paper can leave out its line.
    """
    tokens = _cut(text)
    words, known = _words(tokens), _names().plain | frozenset(plain)
    beside = {token for before, token in itertools.pairwise(tokens) if before in _names().surnames}
    beside |= {token for token, after in itertools.pairwise(tokens) if after in _names().heads}
    return Wording(words, frozenset(word for word in words - known if word in beside or is_name(word)))


def is_name(word: str) -> bool:
    """Whether the word by itself names a person or a place: by the dictionary, by the list of the city's places, or by
    its end (芍花路, 碧水湾)."""
    names = _names()
    if word in names.plain:
        return False
    return word in names.own or any(word.endswith(head) and len(word) > len(head) + 1 for head in names.heads)


@dataclass(frozen=True)
class _Names:
    own: frozenset[str]
    plain: frozenset[str]
    heads: frozenset[str]
    surnames: frozenset[str]


@cache
def _names() -> _Names:
    """The dictionary marks persons nr, places ns, organisations nt, other proper names nz."""
    with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as dictionary:
        entries = (line.split() for line in dictionary)
        own = {entry[0] for entry in entries if entry[-1].startswith(PROPER) and len(entry[0]) >= SHORTEST}
    plain = (*_lines("subjects"), *_lines("plain_before_places"))
    return _Names(
        frozenset((*own, *_lines("places"))),
        frozenset(plain),
        frozenset(_lines("place_heads")),
        frozenset(_lines("surnames")),
    )


def _words(tokens: Sequence[str]) -> frozenset[str]:
    _, stop_words = _tools()
    return frozenset(
        word for word in tokens if len(word) >= SHORTEST and word not in stop_words and _CHINESE.fullmatch(word)
    )


def _cut(text: str) -> list[str]:
    with _loading:
        tokenizer, _ = _tools()
    return list(tokenizer.cut(text, HMM=False))


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
