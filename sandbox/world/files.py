"""Files: what was uploaded or sent, by id."""

import base64
import hashlib
import struct
import zlib
from dataclasses import dataclass
from random import Random

_DIRECTORIES = {"photo": "photos", "document": "documents", "video": "videos", "voice": "voice", "audio": "music"}


@dataclass
class StoredFile:
    """One file's bytes and what is known of it; `kind` is photo, document, voice and so on."""

    file_id: str
    unique_id: str
    kind: str
    content: bytes
    name: str
    mime_type: str
    path: str
    width: int = 0
    height: int = 0

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


class FileStore:
    """All files of the world."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, content: bytes, name: str, mime_type: str = "") -> StoredFile:
        """Keep the bytes under a new id."""
        number = len(self.by_id)
        token = base64.urlsafe_b64encode(self._rng.randbytes(36)).decode().rstrip("=")
        unique = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:9]).decode()
        ending = name.rsplit(".", 1)[-1] if "." in name else ("jpg" if kind == "photo" else "bin")
        path = f"{_DIRECTORIES.get(kind, 'files')}/file_{number}.{ending}"
        width, height = image_size(content) or ((800, 800) if kind in {"photo", "video"} else (0, 0))
        mime = mime_type or mime_type_of(content, kind)
        stored = StoredFile(f"AgAD{token}", f"AQAD{unique}", kind, content, name, mime, path, width, height)
        self.by_id[stored.file_id] = stored
        self.by_path[path] = stored
        return stored


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels from a PNG's or JPEG's header; None if it is neither."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if not content.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None


def mime_type_of(content: bytes, kind: str) -> str:
    """A guess from the first bytes."""
    if content.startswith(b"\x89PNG"):
        return "image/png"
    if content.startswith(b"\xff\xd8"):
        return "image/jpeg"
    if content.startswith(b"%PDF"):
        return "application/pdf"
    return {"voice": "audio/ogg", "video": "video/mp4"}.get(kind, "application/octet-stream")


def sample_picture(width: int = 320, height: int = 200, hue: int = 0) -> bytes:
    """A small PNG with a sky and a ground, for people who send a photo without having one."""
    rows = []
    for y in range(height):
        ground = y > height * 0.62
        color = (118, 110, 92) if ground else (150 + y // 4, (190 + hue) % 256, 226)
        rows.append(b"\x00" + bytes(color) * width)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def photo_sizes(stored: StoredFile) -> list[dict[str, object]]:
    """The photo as Bot API `PhotoSize` objects: one size, since nothing here scales pictures."""
    return [
        {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "width": stored.width,
            "height": stored.height,
            "file_size": stored.size,
        },
    ]


def document_object(stored: StoredFile) -> dict[str, object]:
    """The file as a Bot API `Document`."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_name": stored.name,
        "mime_type": stored.mime_type,
        "file_size": stored.size,
    }


def voice_object(stored: StoredFile, duration: int = 1) -> dict[str, object]:
    """The file as a Bot API `Voice`; duration in seconds."""
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "duration": duration,
        "mime_type": stored.mime_type,
        "file_size": stored.size,
    }


def video_object(stored: StoredFile, duration: int = 1) -> dict[str, object]:
    """The file as a Bot API `Video`; duration in seconds."""
    return {
        **voice_object(stored, duration),
        "width": stored.width or 1280,
        "height": stored.height or 720,
        "file_name": stored.name,
    }
