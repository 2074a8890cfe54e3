"""A link as a QR code: a picture to show, and a page to print. Pure: text in, bytes out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO

import segno

_LEVEL = "Q"  # a quarter of it may be torn or dirty
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
@page {{ size: A4; margin: 15mm }}
body {{ font: 14pt/1.4 sans-serif; text-align: center; margin: 0 auto; max-width: 180mm }}
h1 {{ font-size: 30pt; margin: 6mm 0; overflow-wrap: anywhere }}
svg {{ width: 120mm; max-width: 90%; height: auto }}
small {{ color: #555; overflow-wrap: anywhere }}
</style></head><body><h1>{title}</h1>{drawing}
{lines}
<p><small>{link}</small></p></body></html>
"""


def code_picture(link: str) -> bytes:
    """Return the code as a PNG picture of about 600 pixels a side, the quiet margin that scanners need included."""
    code = segno.make_qr(link, error=_LEVEL)
    out = BytesIO()
    code.save(out, kind="png", scale=max(1, 600 // code.symbol_size(border=4)[0]), border=4)
    return out.getvalue()


def code_page(link: str, *, title: str, lines: Sequence[str], language: str) -> bytes:
    """Return an HTML page of one sheet, drawn as SVG: any telephone can open and print it, in any script.

    `title` and `lines` are bare text; `language` is one of our tags.
    """
    drawing = segno.make_qr(link, error=_LEVEL).svg_inline(border=4, omitsize=True)
    return _PAGE.format(
        language=language.replace("_", "-"),
        title=escape(title),
        drawing=drawing,
        lines="\n".join(f"<p>{escape(line)}</p>" for line in lines),
        link=escape(link),
    ).encode()
