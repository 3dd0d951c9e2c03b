"""Pictures: re-encoded before they are kept, so that nothing but pixels stays (no EXIF, no place, no script)."""

from __future__ import annotations

import hmac
import io

from PIL import Image, UnidentifiedImageError

from app.domain.account import Account
from app.domain.errors import InvalidInput, NotFound, Reason
from app.services.ports.appeals import Upload
from app.services.ports.basics import Duplicate
from app.services.world import World

LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 1920
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")


def keep_photo(world: World, account: Account, data: bytes, key: str) -> Upload:
    """The stored picture as JPEG, at most 1920 pixels long; a repetition with the same key is the same picture.

    Raises InvalidInput(BAD_PHOTO) for anything that is no picture, over 10 MiB or over 25 million pixels.
    """
    id = key or world.secrets.new_id()
    upload = Upload(id, account.id, world.clock.now(), "image/jpeg", reencoded(data), "")
    try:
        world.stores.uploads.add(upload)
    except Duplicate:
        return world.stores.uploads.get(id) or upload
    return upload


def photo_with(world: World, upload_id: str, token: str) -> Upload:
    """The picture behind its unguessable address; NotFound otherwise."""
    right = hmac.compare_digest(token.encode(), _token(world, upload_id).encode())
    upload = world.stores.uploads.get(upload_id) if right else None
    if upload is None:
        raise NotFound(Reason.NO_SUCH_PHOTO)
    return upload


def picture_url(world: World, upload_id: str) -> str:
    """Where the picture can be fetched by whoever was given this address."""
    return f"{world.public_url}/media/{upload_id}/{_token(world, upload_id)}"


def _token(world: World, upload_id: str) -> str:
    return world.secrets.digest("photo", upload_id)[:32]


def reencoded(data: bytes) -> bytes:
    """The picture's pixels as a new JPEG, turned upright."""
    if not data or len(data) > LARGEST_FILE:
        raise InvalidInput(Reason.BAD_PHOTO, longest=LARGEST_FILE)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise InvalidInput(Reason.BAD_PHOTO, most_pixels=MOST_PIXELS)
            turn = _turn(picture)
            upright = picture.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise InvalidInput(Reason.BAD_PHOTO, longest=LARGEST_FILE) from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if turn is not None:
        upright = upright.transpose(turn)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """How the camera was held, from EXIF tag 0x0112; None for upright or when the marks cannot be read."""
    try:
        return TURNS.get(picture.getexif().get(0x0112, 1))
    except Exception:  # damaged marks fail in many ways, and none of them is a reason to refuse the picture
        return None
