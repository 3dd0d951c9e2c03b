"""What a password of a console account has to be: long, and not to be guessed from what stands on the screen.

Length rather than odd characters, as NIST SP 800-63B, 5.1.1, has it: a sentence is easy to keep in mind.
"""

from __future__ import annotations

from itertools import pairwise

SHORTEST = 12
LONGEST = 128
DISTINCT = 6
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")


def problems(password: str, username: str, name: str = "") -> list[str]:
    """What is wrong with it, in Chinese; empty when it may be used."""
    found = []
    if len(password) < SHORTEST:
        found.append(f"至少 {SHORTEST} 个字符；一句好记的话也可以")
    if len(password) > LONGEST:
        found.append(f"最多 {LONGEST} 个字符")
    if password != password.strip() or any(not character.isprintable() for character in password):
        found.append("开头和结尾不能是空格，也不能有看不见的字符")
    lowered = password.casefold()
    if any(_is_telling(word) and word.casefold() in lowered for word in (username, name)):
        found.append("不能包含账号名或姓名")
    if len(password) >= SHORTEST and (len(set(lowered)) < DISTINCT or _is_run(lowered)):
        found.append("太容易猜到，请不要用重复或连续的字符")
    return found


def _is_telling(word: str) -> bool:
    """Whether it is long enough not to stand in other words by chance."""
    return len(word) >= (4 if word.isascii() else 2)


def _is_run(password: str) -> bool:
    """Whether it is mostly neighbours: of one another in order, or on a keyboard."""
    neighbours = sum(_are_neighbours(one, two) for one, two in pairwise(password))
    return neighbours * 4 >= 3 * (len(password) - 1)


def _are_neighbours(one: str, two: str) -> bool:
    return one == two or any(one + two in row or two + one in row for row in ROWS)
