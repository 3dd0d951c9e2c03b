"""Pictures: nothing but pixels is kept, and nobody finds one without its address."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from app.domain.errors import InvalidInput, Reason
from app.secrets import KeyedSecrets
from app.services.appeals.photos import LARGEST_FILE, LONGEST_SIDE, keep_photo, photo_with, picture_url
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import a_world, person
from tests.services.races import Meeting, at_once

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def a_picture(format: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, format, **options)
    return out.getvalue()


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = orientation, "SecretPhone"
    exif[GPS] = {1: "N", 2: (33.0, 52.0, 0.0)}
    return a_picture(exif=exif, comment=b"SecretComment")


def kept(world: World, data: bytes, key: str = "") -> Image.Image:
    upload = keep_photo(world, person(world, "resident"), data, key)
    assert (upload.media_type, upload.account_id) == ("image/jpeg", "resident")
    return Image.open(io.BytesIO(world.stores.uploads.get(upload.id).data))


def test_nothing_but_pixels_stays(world: World) -> None:
    data = with_exif()
    assert b"SecretPhone" in data and b"SecretComment" in data
    picture = kept(world, data)
    raw = next(iter(world.stores.uploads.kept.values())).data
    assert not picture.getexif() and b"Secret" not in raw and b"Exif" not in raw


def test_a_picture_taken_sideways_stands_upright(world: World) -> None:
    assert kept(world, with_exif(orientation=6)).size == (20, 40)


@pytest.mark.parametrize(
    ("format", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("GIF", "P"),
        ("WEBP", "RGB"),
        ("BMP", "RGB"),
        ("PNG", "1"),
        ("PNG", "LA"),
    ],
)
def test_every_usual_kind_becomes_a_jpeg(world: World, format: str, mode: str) -> None:
    picture = kept(world, a_picture(format, mode=mode))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (40, 20))


def test_a_big_picture_is_made_smaller_and_a_small_one_is_not_made_bigger(world: World) -> None:
    assert kept(world, a_picture(size=(4000, 1000))).size == (LONGEST_SIDE, LONGEST_SIDE // 4)
    assert kept(world, a_picture(size=(3, 3))).size == (3, 3)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        a_picture("TIFF"),
        a_picture("PNG")[:60],
        a_picture()[:300],
        b"\0" * (LARGEST_FILE + 1),
    ],
    ids=["nothing", "script", "svg", "pdf", "tiff", "half a png", "half a jpeg", "too large"],
)
def test_what_is_no_picture_is_refused_and_not_kept(world: World, data: bytes) -> None:
    with refused(Reason.BAD_PHOTO):
        keep_photo(world, person(world, "resident"), data, "")
    assert not world.stores.uploads.kept


@pytest.mark.parametrize("side", [7_100, 14_000], ids=["over fifty million pixels", "a bomb"])
def test_a_small_file_with_a_huge_picture_is_refused(world: World, side: int) -> None:
    data = a_picture("PNG", (side, side), "1")
    assert len(data) < 200_000
    with refused(Reason.BAD_PHOTO):
        keep_photo(world, person(world, "resident"), data, "")


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns of what it can read all the same
def test_a_damaged_file_is_refused_or_read_and_never_crashes(world: World) -> None:
    chance = random.Random(7)
    for original in (with_exif(6), a_picture("PNG"), a_picture("GIF", mode="P"), a_picture("WEBP"), a_picture("BMP")):
        for _ in range(60):
            data = bytearray(original)
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            try:
                keep_photo(world, person(world, "resident"), bytes(data), "")
            except InvalidInput as refusal:
                assert refusal.reason is Reason.BAD_PHOTO


def test_the_same_key_is_the_same_picture(world: World) -> None:
    resident = person(world, "resident")
    first = keep_photo(world, resident, a_picture(), "k1")
    assert keep_photo(world, resident, a_picture(size=(9, 9)), "k1") == first
    world.stores.uploads.before_write = Meeting()
    one, other = at_once(*[lambda: keep_photo(world, resident, a_picture(), "k2")] * 2)
    assert one == other and len(world.stores.uploads.kept) == 2


def test_a_picture_is_found_at_its_address_and_at_no_other(world: World) -> None:
    one, other = (keep_photo(world, person(world, "resident"), a_picture(), "") for _ in range(2))
    *_, id, token = picture_url(world, one.id).split("/")
    assert photo_with(world, id, token) == one
    foreign = picture_url(world, other.id).split("/")[-1]
    for guess in ("", token[:-1], token + "0", token.upper(), foreign, "é" * 32):
        with refused(Reason.NO_SUCH_PHOTO):
            photo_with(world, id, guess)
    with refused(Reason.NO_SUCH_PHOTO):
        photo_with(world, "nothing", picture_url(world, "nothing").split("/")[-1])


def test_the_address_cannot_be_made_without_the_citys_key() -> None:
    here, elsewhere = (a_world(secrets=KeyedSecrets(key * 32)) for key in "ab")
    token = picture_url(here, "p1").split("/")[-1]
    assert len(token) == 32 and token != picture_url(elsewhere, "p1").split("/")[-1]
    assert token not in here.secrets.digest("session", "p1")
