"""A small picture that looks like a code, drawn from a text without any library."""

from __future__ import annotations

import hashlib
import struct
import zlib

MODULES = 29
SCALE = 10
MARGIN = 4


def code_picture(text: str) -> bytes:
    """A black-and-white PNG of 370 x 370 pixels, the same for the same text. A stand-in: it cannot be scanned."""
    bits = hashlib.shake_256(text.encode()).digest(MODULES * MODULES)
    blank = b"\xff" * ((MODULES + 2 * MARGIN) * SCALE)
    rows = [blank] * (MARGIN * SCALE)
    for y in range(MODULES):
        line = b"".join((b"\x00" if _dark(x, y, bits) else b"\xff") * SCALE for x in range(MODULES))
        margin = b"\xff" * (MARGIN * SCALE)
        rows += [margin + line + margin] * SCALE
    rows += [blank] * (MARGIN * SCALE)
    side = len(rows)
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\x00" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _dark(x: int, y: int, bits: bytes) -> bool:
    for corner_x, corner_y in ((0, 0), (MODULES - 7, 0), (0, MODULES - 7)):
        ring = max(abs(x - corner_x - 3), abs(y - corner_y - 3))
        if ring <= 4:
            return ring in (0, 1, 3)
    return bits[y * MODULES + x] & 1 == 1


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
