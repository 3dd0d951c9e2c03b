"""The README's pictures: a few screenshots beside each other, small enough to keep in the repository."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

TARGET = Path("docs") / "screenshots"
STRIPS = {
    "residents": ("directory", "write-filled", "appeal-late", "appeal-answered"),
    "officials": ("inbox", "inbox-quick-reply", "handled", "answer"),
    "looks": ("directory-large", "write-large", "mine-dark", "inbox-dark"),
}
DESKS = {"console": ("console-home", "console-appeal-answered")}
PHONE_WIDTH, DESK_WIDTH, GAP, COLOURS = 300, 640, 16, 256
GROUND = "#d5d9de"


def make_strips(source: Path) -> None:
    """Writes every strip whose pictures are all there."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for strips, width in ((STRIPS, PHONE_WIDTH), (DESKS, DESK_WIDTH)):
        for name, scenes in strips.items():
            files = [source / f"{scene}.png" for scene in scenes]
            if all(file.exists() for file in files):
                strip(files, width).save(TARGET / f"{name}.png", optimize=True)


def strip(files: list[Path], width: int) -> Image.Image:
    """The pictures beside each other, each `width` pixels wide."""
    pictures = []
    for file in files:
        with Image.open(file) as picture:
            height = picture.height * width // picture.width
            pictures.append(picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS))
    whole = Image.new("RGB", (len(pictures) * (width + GAP) + GAP, pictures[0].height + 2 * GAP), GROUND)
    for number, picture in enumerate(pictures):
        whole.paste(picture, (GAP + number * (width + GAP), GAP))
    return whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE)  # keeps the few red and green texts what they are
