"""pymongo's errors in the words of the ports: the one place that knows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import (
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    OperationFailure,
    WriteConcernError,
)

from app.services.ports.basics import Duplicate, StoreAway

AWAY_CODES = frozenset({6, 7, 50, 64, 89, 91, 133, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436})
"""Server error codes (error_codes.yml) of a node that is unreachable, too slow, shutting down, or not the primary."""


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Raises Duplicate or StoreAway for what pymongo raises inside; everything else is a fault of ours and passes.

    A Duplicate does not carry pymongo's error, whose text quotes the value (an openid, a token's hash).
    """
    try:
        yield
    except DuplicateKeyError:
        raise Duplicate(what) from None
    except (ConnectionFailure, ExecutionTimeout, WriteConcernError) as error:
        raise StoreAway(what) from error
    except OperationFailure as error:
        if error.code in AWAY_CODES:
            raise StoreAway(what) from error
        raise
