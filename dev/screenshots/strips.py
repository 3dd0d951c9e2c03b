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
WIDTH, GAP, COLOURS = 300, 16, 96
GROUND = "#d5d9de"


def make_strips(source: Path) -> None:
    """Writes every strip whose pictures are all there."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, scenes in STRIPS.items():
        files = [source / f"{scene}.png" for scene in scenes]
        if all(file.exists() for file in files):
            strip(files).save(TARGET / f"{name}.png", optimize=True)


def strip(files: list[Path]) -> Image.Image:
    pictures = []
    for file in files:
        with Image.open(file) as picture:
            height = picture.height * WIDTH // picture.width
            pictures.append(picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS))
    whole = Image.new("RGB", (len(pictures) * (WIDTH + GAP) + GAP, pictures[0].height + 2 * GAP), GROUND)
    for number, picture in enumerate(pictures):
        whole.paste(picture, (GAP + number * (WIDTH + GAP), GAP))
    return whole.quantize(COLOURS)
