"""Uploads that lie, explode, or carry more than pixels."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from app.domain.errors import InvalidInput
from app.services.appeals.photos import LARGEST_FILE, reencoded
from tests.web.city import Caller, City, picture


def fetched(city: City, answer: object) -> bytes:
    url = answer.json["url"]  # type: ignore[attr-defined]
    data: bytes = city.client.get(url.removeprefix("https://ztc.example.cn")).data
    return data


def exif(*entries: tuple[int, int, int, bytes]) -> bytes:
    """An EXIF block by hand: (tag, type, count, value) as a camera, or an attacker, would write them."""
    body = b"II*\0" + struct.pack("<IH", 8, len(entries))
    for tag, kind, count, value in entries:
        body += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
    return b"Exif\0\0" + body + b"\0\0\0\0"


UPRIGHT = (0x0112, 3, 1, b"\x06\0")


def test_orientation_is_applied_and_everything_else_is_gone(city: City, resident: Caller) -> None:
    marks = Image.Exif()
    marks[0x0112], marks[0x010E], marks[0x013B] = 6, "我家门口", "王芳"
    marks.get_ifd(0x8825).update({1: "N", 2: (33.0, 52.0, 8.0)})
    kept = fetched(city, resident.upload(picture(40, 30, "JPEG", exif=marks) + b"<script>alert(1)</script>"))
    with Image.open(io.BytesIO(kept)) as clean:
        assert (clean.format, clean.size, dict(clean.getexif())) == ("JPEG", (30, 40), {})
    assert b"script" not in kept and "王芳".encode() not in kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP"])
@pytest.mark.parametrize(
    "named", [("x.png", "image/png"), ("x.exe", "application/x-msdownload"), ("../../x", "text/html")]
)
def test_the_type_is_what_the_bytes_say(city: City, resident: Caller, kind: str, named: tuple[str, str]) -> None:
    answer = resident.upload(picture(kind=kind), *named)
    assert answer.status_code == 201
    assert fetched(city, answer)[:3] == b"\xff\xd8\xff"


NO_PICTURES = {
    "empty": b"",
    "text": b"hello",
    "html": b"<html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "pdf": b"%PDF-1.7\n",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "program": b"MZ\x90\0" + b"\0" * 60,
    "only the beginning": picture(kind="JPEG")[:60],
    "cut": picture(400, 300, "PNG")[:-200],
    "zip": b"PK\x03\x04" + b"\0" * 30,
}


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused(resident: Caller, name: str) -> None:
    answer = resident.upload(NO_PICTURES[name], "p.jpg", "image/jpeg")
    assert (answer.status_code, answer.json["code"]) == (422, "bad_photo")


@pytest.mark.parametrize("kind", ["TIFF", "ICO", "PPM", "TGA", "PCX"])
def test_formats_that_nobody_photographs_in_are_refused(resident: Caller, kind: str) -> None:
    answer = resident.upload(picture(kind=kind), "p.jpg", "image/jpeg")
    assert (answer.status_code, answer.json["code"]) == (422, "bad_photo")


def png(width: int, height: int, data: bytes = b"", extra: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    middle = chunk(b"zTXt", extra) if extra else b""
    return b"\x89PNG\r\n\x1a\n" + head + middle + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")  # only warns; the rule is ours
@pytest.mark.parametrize(
    "size", [(8000, 7000), (10_000, 10_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1), (50_000_001, 1)]
)
def test_bombs_are_refused_by_their_head(resident: Caller, size: tuple[int, int]) -> None:
    answer = resident.upload(png(*size))
    assert (answer.status_code, answer.json["code"]) == (422, "bad_photo")


def test_a_bomb_in_a_comment_is_refused(resident: Caller) -> None:
    squeezed = b"Comment\0\0" + zlib.compress(b"\0" * (80 << 20), 9)
    answer = resident.upload(png(1, 1, b"\0\0", squeezed))
    assert (answer.status_code, answer.json["code"]) == (422, "bad_photo")


def test_a_file_above_the_limit_is_refused(resident: Caller) -> None:
    answer = resident.upload(picture() + b"\0" * LARGEST_FILE)
    assert (answer.status_code, answer.json["code"]) == (422, "bad_photo")


def test_a_large_picture_becomes_small(city: City, resident: Caller) -> None:
    answer = resident.upload(picture(4000, 1000))
    with Image.open(io.BytesIO(fetched(city, answer))) as kept:
        assert kept.size == (1920, 480)


@pytest.mark.filterwarnings("ignore")  # Pillow warns of damage
@pytest.mark.parametrize("tag", [0x0100, 0x0103, 0x011A, 0x0131, 0x8769, 0x8825, 0x9286])
def test_marks_of_a_wrong_type_are_no_failure(resident: Caller, tag: int) -> None:
    """Pillow's exif_transpose writes all marks anew, and raises struct.error or TypeError for some of these."""
    for kind in range(14):
        marks = exif(UPRIGHT, (tag, kind, 2, b"ab"))
        assert resident.upload(picture(40, 30, "JPEG", exif=marks)).status_code in {201, 422}


@pytest.mark.filterwarnings("ignore")  # Pillow warns of damage
def test_damaged_pictures_are_pictures_or_refused() -> None:
    """Bytes of real pictures changed by a seeded chance; anything but a picture or a refusal is a 500."""
    chance = random.Random(20260302)
    marks = exif(UPRIGHT, (0x010E, 2, 4, b"abc"), (0x0100, 3, 1, b"\x28\0"), (0x011A, 5, 1, b"\x08\0"))
    seeds = [picture(kind=kind) for kind in ("PNG", "WEBP", "GIF", "BMP")]
    seeds += [picture(kind=kind, exif=marks) for kind in ("JPEG", "PNG", "WEBP")] * 2
    for _ in range(4000):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 6)):
            place = int(len(data) * chance.random() ** 2)
            data[place : place + chance.randint(0, 2)] = bytes(
                chance.randrange(256) for _ in range(chance.randint(0, 3))
            )
        try:
            assert reencoded(bytes(data))[:2] == b"\xff\xd8"
        except InvalidInput:
            continue
