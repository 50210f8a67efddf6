"""Scenes before the lens: a bowl of lotus roots on a table, lit and held in different ways, as Y4M."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 360, 640
FRAMES = 12
RATE = 12  # frames a second; Chromium plays the file over and over


def bowl(wall: int = 112, table: int = 64, goods: int = 210, rim: int = 60) -> Image.Image:
    """The scene in good light: a grey wall, a wooden table, a pale bowl with roots and their holes, a printed cloth."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (wall, wall, wall - 6))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 400, WIDTH, HEIGHT), fill=(table, table - 22, table - 44))
    for y in range(412, HEIGHT, 26):
        pen.line((0, y, WIDTH, y + 6), fill=(table - 26, table - 44, table - 60), width=3)
    pen.ellipse((70, 330, 290, 500), fill=(goods, goods, goods - 8), outline=(rim, rim, rim + 40), width=7)
    for x in range(96, 250, 52):
        pen.ellipse((x, 200, x + 66, 360), fill=(goods, goods - 12, goods - 40), outline=(70, 50, 30), width=3)
        for angle in range(0, 360, 60):
            dx, dy = 17 * math.cos(math.radians(angle)), 30 * math.sin(math.radians(angle))
            pen.ellipse((x + 27 + dx, 274 + dy, x + 39 + dx, 288 + dy), fill=(60, 36, 26))
    for x in range(84, 280, 9):
        pen.line((x, 390, x - 10, 470), fill=(40, 70, 120), width=2)
    return picture


def good() -> Image.Image:
    """Light on the goods, a quiet ground, all sharp."""
    return bowl()


def dark() -> Image.Image:
    """The same in a room without a lamp."""
    return good().point(lambda value: 12 + int(value * 0.22))


def backlit() -> Image.Image:
    """A bright window behind, the goods in their own shadow."""
    window = Image.new("RGB", (WIDTH, HEIGHT), (236, 238, 240))
    shadow = good().point(lambda value: 8 + int(value * 0.3))
    inside = Image.new("L", (WIDTH, HEIGHT), 0)
    ImageDraw.Draw(inside).rounded_rectangle((66, 130, 294, 520), 60, fill=255)
    return Image.composite(shadow, window, inside)


def blurred() -> Image.Image:
    """The lens focuses on something else."""
    return good().filter(ImageFilter.GaussianBlur(7))


def bright() -> Image.Image:
    """Noon sun straight on it: pale everywhere."""
    return good().point(lambda value: min(244, 118 + int(value * 0.62)))


def glaring() -> Image.Image:
    """A wet skin mirrors the sun in the middle."""
    picture = good().point(lambda value: int(value * 0.8))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((110, 260, 250, 330), fill=(255, 255, 255))
    return picture


def dull() -> Image.Image:
    """Fog or a greasy lens: everything nearly the same grey."""
    return good().point(lambda value: 112 + int(value * 0.14))


def from_the_left() -> Image.Image:
    """Too dark, but at the left it is light."""
    slope = Image.linear_gradient("L").rotate(-90).resize((WIDTH, HEIGHT))
    lit = good().point(lambda value: int(value * 0.62))
    shade = Image.merge("RGB", [slope.point(lambda value: 40 + int(value * 0.6))] * 3)
    return ImageChops.multiply(lit, shade).point(lambda value: min(255, int(value * 1.5)))


# Name → (how to draw it, the advice that must come first; "" for none).
PICTURES: dict[str, tuple[Callable[[], Image.Image], str]] = {
    "good": (good, ""),
    "dark": (dark, "subject_luma.low"),
    "backlit": (backlit, "backlight.high"),
    "blurred": (blurred, "blur.low"),
    "bright": (bright, "subject_luma.high"),
    "glaring": (glaring, "clipped.high"),
    "dull": (dull, "contrast.low"),
    "from the left": (from_the_left, "subject_luma.left"),
    "shaking": (good, "unrest.high"),
    "tilted": (good, "roll.right"),  # the picture is good; the phone's sensor says that it leans
}


def frames(scene: str, light: float = 1) -> Iterator[Image.Image]:
    """The scene's frames with the grain that a phone leaves in good light, so that nothing stands quite still. Grain is
    sharp: its variance counts twentyfold in the Laplacian's."""
    # What mirrors the sun stays burnt in any light.
    picture = PICTURES[scene][0]().point(lambda value: 255 if value == 255 else min(254, round(value * light)))
    chance = random.Random(scene)
    for number in range(FRAMES):
        moved = picture
        if scene == "shaking":
            moved = ImageChops.offset(picture, chance.randint(-26, 26), (-1) ** number * 30)
        grain = Image.effect_noise((WIDTH, HEIGHT), 1.2)
        yield ImageChops.add(moved, Image.merge("RGB", [grain] * 3), 1, -128)


def halved(plane: Image.Image) -> Image.Image:
    """A colour plane at half its size, in its narrow range (16 to 240)."""
    small = plane.resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.BOX)
    return small.point(lambda value: 128 + round((value - 128) * 224 / 255))


def write_picture(scene: str, path: Path, light: float = 1) -> Path:
    """The scene as a Y4M file: 4:2:0, in the narrow range of video (luma 16 to 235). `light`: how much more of it."""
    with path.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\n".encode())
        for frame in frames(scene, light):
            luma, blue, red = frame.convert("YCbCr").split()
            narrow = luma.point(lambda value: 16 + round(value * 219 / 255))
            file.write(b"FRAME\n" + b"".join(plane.tobytes() for plane in (narrow, halved(blue), halved(red))))
    return path
