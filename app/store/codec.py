"""Frozen dataclasses to BSON documents and back.

The type hints of a class are read once and compiled to two closures. What a document holds:

* datetime as a BSON date (aware UTC, cut to milliseconds), date and time as ISO text, enums as their text;
* a tuple as an array, a nested dataclass as a document;
* a field whose metadata says `private` as text under the cipher;
* no field that is empty (None, "", 0, False, ()) and empty by default. Other defaults are written out, so that a change
  of a default in the code changes nothing that is already agreed, and unique sparse indexes see no empty values.

Reading ignores unknown fields and gives missing ones their default, so older and newer documents both can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from app.store.cipher import Cipher

T = TypeVar("T")
Document = dict[str, Any]
Convert = Callable[[Any], Any]


class Unreadable(Exception):
    """A stored document lacks what its class cannot do without, or holds a word that the class does not know."""


class Pair(NamedTuple):
    """How a value is written and read; None where BSON takes it as it is."""

    write: Convert | None
    read: Convert | None


class Codec(Generic[T]):
    """One class as documents. `id_field` is the field that becomes `_id`."""

    def __init__(self, cls: type[T], cipher: Cipher, id_field: str = "id") -> None:
        """Raises TypeError when a field has a type that has no form in BSON here."""
        pair = _Compiler(cipher).of_class(cls, {id_field: "_id"})
        assert pair.write is not None
        assert pair.read is not None
        self.encode: Callable[[T], Document] = pair.write
        self.decode: Callable[[Mapping[str, Any]], T] = pair.read


class _Compiler:
    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher
        self._nested: dict[type, Pair] = {}

    def of_class(self, cls: type, renamed: Mapping[str, str]) -> Pair:
        hints = get_type_hints(cls)
        pairs = {field.name: self._of_field(field, hints[field.name]) for field in fields(cls)}
        keys = {name: renamed.get(name, name) for name in pairs}
        return Pair(_writer(cls, keys, pairs), _reader(cls, keys, pairs, hints))

    def _of_field(self, field: Field[Any], hint: Any) -> Pair:
        if not field.metadata.get("private"):
            return self._of(hint)
        if hint is not str:
            raise TypeError(f"a private field must be text: {field.name}")
        return Pair(self._cipher.seal, self._cipher.open)

    def _of(self, hint: Any) -> Pair:
        if hint in _PLAIN:
            return _PLAIN[hint]
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
            return _of_many(self._of(arguments[0]))
        if origin in {Union, UnionType} and len(arguments) == 2 and NoneType in arguments:
            return _of_maybe(self._of(next(argument for argument in arguments if argument is not NoneType)))
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return Pair(str.__str__, _Members({member.value: member for member in hint}, hint.__name__).__getitem__)
        if isinstance(hint, type) and is_dataclass(hint):
            if hint not in self._nested:
                self._nested[hint] = self.of_class(hint, {})
            return self._nested[hint]
        raise TypeError(f"no form in BSON for {hint}")


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a stored time must say its zone")
    return moment


def _read_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


_PLAIN: dict[Any, Pair] = {
    str: Pair(None, None),
    int: Pair(None, None),
    bool: Pair(None, None),
    bytes: Pair(None, None),
    float: Pair(float, float),
    datetime: Pair(_utc, _read_utc),
    date: Pair(date.isoformat, date.fromisoformat),
    time: Pair(time.isoformat, time.fromisoformat),
}


class _Members(dict[str, StrEnum]):
    def __init__(self, members: Mapping[str, StrEnum], name: str) -> None:
        super().__init__(members)
        self._name = name

    def __missing__(self, word: str) -> StrEnum:
        raise Unreadable(f"{self._name} does not know {word!r}")


def _of_many(one: Pair) -> Pair:
    write, read = one
    return Pair(
        list if write is None else lambda items: [write(item) for item in items],
        tuple if read is None else lambda items: tuple([read(item) for item in items]),
    )


def _of_maybe(one: Pair) -> Pair:
    write, read = one
    return Pair(
        None if write is None else lambda item: None if item is None else write(item),
        None if read is None else lambda item: None if item is None else read(item),
    )


def _default(field: Field[Any]) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _writer(cls: type, keys: Mapping[str, str], pairs: Mapping[str, Pair]) -> Callable[[Any], Document]:
    plan = tuple((keys[field.name], pairs[field.name].write, _default(field)) for field in fields(cls))
    names = list(keys)
    read_all: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    if len(names) == 1:
        read_all = lambda value: (getattr(value, names[0]),)  # noqa: E731 - attrgetter of one name gives no tuple

    def write(value: Any) -> Document:
        document: Document = {}
        for (key, convert, default), item in zip(plan, read_all(value), strict=True):
            if item or item != default:
                document[key] = item if convert is None else convert(item)
        return document

    return write


def _reader(
    cls: type, keys: Mapping[str, str], pairs: Mapping[str, Pair], hints: Mapping[str, Any]
) -> Callable[[Mapping[str, Any]], Any]:
    plan = {key: (name, pairs[name].read) for name, key in keys.items()}
    required = frozenset(field.name for field in fields(cls) if _default(field) is MISSING)

    def read(document: Mapping[str, Any]) -> Any:
        arguments: dict[str, Any] = {}
        for key, item in document.items():
            if key in plan:
                name, convert = plan[key]
                arguments[name] = item if convert is None else convert(item)
        if not required <= arguments.keys():
            for name in required - arguments.keys():
                arguments[name] = _nothing(cls, name, hints[name])
        return cls(**arguments)

    return read


def _nothing(cls: type, name: str, hint: Any) -> Any:
    """What a field without a default gets when an older document does not have it. Raises Unreadable."""
    if get_origin(hint) is tuple:
        return ()
    if NoneType in get_args(hint):
        return None
    raise Unreadable(f"a stored {cls.__name__} has no {name}")
