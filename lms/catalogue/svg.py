"""SVG figures by allow-list: shapes and words only, so that a drawing can stand inside the page and run nothing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
ELEMENTS = {
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
    "defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker", "use", "symbol",
}  # fmt: skip
STYLES = {
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "stroke-opacity", "opacity", "stop-color",
    "stop-opacity", "clip-path", "mask", "clip-rule", "font-size", "font-weight", "font-style", "text-anchor",
    "dominant-baseline", "letter-spacing", "marker-start", "marker-mid", "marker-end", "display", "visibility",
    "paint-order", "vector-effect", "color",
}  # fmt: skip
ATTRIBUTES = STYLES | {
    "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx",
    "dy", "d", "points", "transform", "rotate", "textLength", "pathLength", "id", "offset", "gradientUnits",
    "gradientTransform", "spreadMethod", "patternUnits", "patternContentUnits", "patternTransform", "clipPathUnits",
    "maskUnits", "maskContentUnits", "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "orient",
    "preserveAspectRatio", "href",
}  # fmt: skip
REFERENCE = re.compile(r"url\(\s*['\"]?#([^\s'\"()]+)['\"]?\s*\)")
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")
# A colour ends with its value; an id, which may look like one (#add-0-sun), goes on.
COLOUR = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?=[\"\s;])")
# What a colour's red, green and blue count for in its lightness (Rec. 601), in parts of 1000.
LIGHTNESS = (299, 587, 114)
BIGGEST = 300_000
# A drawing within the page is part of its weight; 5,000 shapes are more than a weak phone draws in a second.
MOST_ELEMENTS = 5_000
MOST_USES = 200

etree.register_namespace("", SVG)


class BadDrawing(ValueError):
    """The file is not an SVG drawing that can be shown safely."""


@lru_cache(maxsize=256)
def sanitised(source: bytes, prefix: str = "", alt: str = "") -> Markup:
    """The drawing as inline SVG: ids begin with `prefix`, `alt` becomes its label. Raises BadDrawing."""
    root = cleaned(source)
    for element in root.iter():
        rename(element, prefix)
    for name in ("width", "height", "x", "y"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-label", alt)
    try:
        return Markup(etree.tostring(root, encoding="unicode"))
    except RecursionError:
        raise BadDrawing from None


def grey(drawing: Markup) -> Markup:
    """A sanitised drawing in greys of the same lightness, still made of lines: a CSS filter would print pixels."""
    return Markup(COLOUR.sub(greyed, drawing))


def greyed(colour: re.Match[str]) -> str:
    """One colour, written as #rrggbb or #rgb, as a grey."""
    digits = colour[1] if len(colour[1]) == 6 else "".join(digit * 2 for digit in colour[1])
    light = sum(int(digits[at : at + 2], 16) * share for at, share in zip((0, 2, 4), LIGHTNESS, strict=True)) // 1000
    return f"#{light:02x}{light:02x}{light:02x}"


def size(source: bytes) -> tuple[int, int]:
    """Width and height of the drawing in pixels, by its viewBox. Raises BadDrawing."""
    _x, _y, width, height = view_box(parsed(source))
    return round(width), round(height)


def losses(source: bytes) -> list[str]:
    """The names of elements that sanitising takes out, for the author. Raises BadDrawing."""
    names = {local(element) for element in parsed(source).iter()}
    return sorted(name for name in names if name not in ELEMENTS and ":" not in name)


def cleaned(source: bytes) -> etree.Element:
    """The element tree with only what is allowed. Raises BadDrawing."""
    root = parsed(source)
    box = view_box(root)
    for parent in list(root.iter()):
        for child in list(parent):
            if local(child) not in ELEMENTS:
                parent.remove(child)
    for element in root.iter():
        restrict(element)
    root.set("viewBox", " ".join(f"{number:g}" for number in box))
    limit_uses(root)
    return root


def parsed(source: bytes) -> etree.Element:
    """The element tree. Entities and doctypes, by which a small file grows large, are refused."""
    head = source.lstrip(b"\xef\xbb\xbf")
    utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if len(source) > BIGGEST or utf16 or b"<!DOCTYPE" in source or b"<!ENTITY" in source:
        raise BadDrawing
    try:
        root = etree.fromstring(source)
    except (etree.ParseError, ValueError, LookupError):
        # LookupError and ValueError: an encoding that nobody knows.
        raise BadDrawing from None
    if local(root) != "svg" or sum(1 for _element in root.iter()) > MOST_ELEMENTS:
        raise BadDrawing
    return root


def local(element: etree.Element) -> str:
    """The name of an SVG element; `other:` before one of another namespace; nothing for comments."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag.startswith(f"{{{SVG}}}"):
        return element.tag.removeprefix(f"{{{SVG}}}")
    return f"other:{element.tag}"


def view_box(root: etree.Element) -> tuple[float, float, float, float]:
    """x, y, width and height of the drawing; without a viewBox by its width and height. Raises BadDrawing."""
    written = root.get("viewBox", "").replace(",", " ").split()
    if not written:
        sides = [LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
        written = ["0", "0", *(side[1] for side in sides if side)]
    try:
        x, y, width, height = (float(number) for number in written)
    except ValueError:
        raise BadDrawing from None
    if not (0 < width < 100_000 and 0 < height < 100_000 and abs(x) < 100_000 and abs(y) < 100_000):
        raise BadDrawing
    return x, y, width, height


def restrict(element: etree.Element) -> None:
    """Leave an element only its allowed attributes; what `style` says becomes attributes."""
    for name, value in list(element.attrib.items()):
        if name == f"{{{XLINK}}}href":
            element.set("href", value)
        if name == "style":
            for property_, said in declarations(value):
                element.set(property_, said)
    for name, value in list(element.attrib.items()):
        if name not in ATTRIBUTES or not harmless(name, value):
            del element.attrib[name]


def declarations(style: str) -> Iterator[tuple[str, str]]:
    """The allowed declarations of a style attribute."""
    for declaration in style.split(";"):
        name, _colon, value = declaration.partition(":")
        if name.strip() in STYLES:
            yield name.strip(), value.strip()


def harmless(name: str, value: str) -> bool:
    """Whether a value refers to nothing outside the drawing."""
    if name == "href":
        return value.startswith("#")
    return "url(" not in value.lower() or REFERENCE.fullmatch(value.strip()) is not None


def limit_uses(root: etree.Element) -> None:
    """Take out copies of copies: ten levels of ten copies are a drawing that no browser finishes."""
    holders = {element.get("id") for element in root.iter() if has_use(element)} - {None}
    kept = 0
    for parent in list(root.iter()):
        for child in list(parent):
            if local(child) != "use":
                continue
            kept += 1
            if child.get("href", "")[1:] in holders or kept > MOST_USES:
                parent.remove(child)


def has_use(element: etree.Element) -> bool:
    """Whether an element is or holds a copy of another."""
    return any(local(inner) == "use" for inner in element.iter())


def rename(element: etree.Element, prefix: str) -> None:
    """Make ids and references to them the page's own."""
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, prefix + value)
        elif name == "href":
            element.set(name, f"#{prefix}{value[1:]}")
        elif "url(" in value:
            element.set(name, REFERENCE.sub(rf"url(#{prefix}\1)", value))
