"""What a Bot API call carries: JSON, or multipart when there are files."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, ClassVar

import aiohttp
import msgspec
from telegram.request import RequestData


@dataclass(frozen=True, slots=True)
class Parameters:
    """What `AiohttpRequest.call` sends: stands in for RequestData, without its conversions."""

    parameters: dict[str, Any]
    contains_files: ClassVar[bool] = False


def encoded(request_data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    """Return the body and, unless it brings its own, the headers that say what it is."""
    if request_data is None:
        return None, None
    if not request_data.contains_files:
        body = msgspec.json.encode(request_data.parameters, enc_hook=_plain)
        return body, {"Content-Type": "application/json"}
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)  # names of files stay readable
    for name, part in request_data.multipart_data.items():
        filename, content, kind = part
        content = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, None


def _plain(value: object) -> str:
    """Return text of a class of its own (such as HTML marked safe) as bare text; msgspec knows str alone."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"a request cannot carry {type(value).__name__}")
