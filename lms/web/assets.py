"""Style, script and icons. One prefix named after the content of them all, so that phones keep them for ever.

`static/css/bundles.toml` lists which files make up `core` (inlined into each page, allowed by its hash), `learner`
and `desk`. At start the whole tree is written once to var/assets/<digest>/, compressed, and served from there;
relative imports between modules keep working because the name is in the folder.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import shutil
import tomllib
from functools import cache
from pathlib import Path

import brotli
from flask import Flask, g
from markupsafe import Markup
from whitenoise import WhiteNoise

from lms.settings import ROOT, Settings

STATIC = ROOT / "static"
COMPRESSED = {".css", ".js", ".svg", ".json", ".webmanifest"}
SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.S)


def init_app(app: Flask, settings: Settings) -> None:
    """Publish the assets, serve them before Flask is asked, and give templates what names them."""
    digest = tree_digest()
    folder = published(settings.var / "assets" / digest, settings)
    served = WhiteNoise(
        app.wsgi_app, immutable_file_test=lambda path, url: True, allow_all_origins=False, add_headers_function=sealed
    )
    served.add_files(str(folder), prefix=f"assets/{digest}/")
    app.wsgi_app = served  # type: ignore[method-assign]
    app.jinja_env.globals.update(
        asset=lambda path: f"/assets/{digest}/{path}",
        critical_css=critical_css,
        use_icon=use_icon,
        used_icons=used_icons,
    )


def sealed(headers: dict[str, str], path: str, url: str) -> None:
    """No asset is ever sniffed for another type, or runs anything when opened by itself."""
    headers["X-Content-Type-Options"] = "nosniff"
    # A worker runs under the policy of its own file, and has modules to import.
    worker = "default-src 'none'; script-src 'self'; connect-src 'self'"
    plain = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    headers["Content-Security-Policy"] = worker if path.endswith("-worker.js") else plain


@cache
def tree_digest() -> str:
    """Twelve hexadecimal digits that change whenever any file under static/ does."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def published(folder: Path, settings: Settings) -> Path:
    """The folder with the tree of this digest: copied, bundled and compressed if it is not there yet."""
    if folder.exists() and not settings.development:
        return folder
    part = folder.with_name(f"{folder.name}.{id(settings)}.part")
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(STATIC, part)
    for name in ("learner", "desk"):
        (part / "css" / f"{name}.css").write_text(bundle(name), encoding="utf-8")
    for path in [path for path in part.rglob("*") if path.suffix in COMPRESSED]:
        content = path.read_bytes()
        path.with_name(path.name + ".br").write_bytes(brotli.compress(content))
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, mtime=0))
    if folder.exists():
        shutil.rmtree(folder)
    try:
        part.rename(folder)
    except OSError:  # another worker was faster; its tree is the same
        shutil.rmtree(part)
    return folder


@cache
def bundle(name: str) -> str:
    """The style sheets of a bundle, joined in their order, without comments and indents."""
    bundles = tomllib.loads((STATIC / "css" / "bundles.toml").read_text(encoding="utf-8"))
    joined = "\n".join(
        (STATIC / "css" / path).read_text(encoding="utf-8")
        for path in bundles[name]
        if (STATIC / "css" / path).exists()
    )
    joined = re.sub(r"/\*.*?\*/", "", joined, flags=re.S)
    return re.sub(r"\s*([{};,>])\s*|\s*(:)\s+(?=[^{}]*[;}])|\s+", lambda m: m[1] or m[2] or " ", joined).strip()


@cache
def critical_css() -> Markup:
    """The style element with everything that a page needs to be read."""
    return Markup("<style>{}</style>").format(Markup(bundle("core")))


@cache
def critical_css_hash() -> str:
    """The source expression that allows exactly that style element (CSP 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(bundle("core").encode()).digest()).decode()


@cache
def symbols() -> dict[str, str]:
    """Icon name → its symbol element, from our sprites."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((STATIC / "icons").glob("*.svg")))
    return {match[1]: match[0] for match in SYMBOL.finditer(text)}


def use_icon(name: str) -> str:
    """Note that this page draws the symbol `name`, and give the href to draw it by."""
    if name not in symbols():
        raise KeyError(f"no symbol {name!r} in static/icons")
    g.setdefault("icons", {})[name] = True
    return f"#{name}"


def used_icons() -> Markup:
    """The symbols that this page drew, once each, to stand at its end."""
    drawn = "".join(symbols()[name] for name in g.get("icons", {}))
    return Markup('<svg width="0" height="0" class="sprite" aria-hidden="true">{}</svg>').format(Markup(drawn))
