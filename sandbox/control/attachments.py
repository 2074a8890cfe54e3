"""What people attach to a message: photos, documents, voice notes, places, contacts, dice."""

import base64
import binascii
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sandbox.errors import ControlError
from sandbox.world.files import StoredFile, document_object, photo_sizes, sample_picture, voice_object
from sandbox.world.people import Person
from sandbox.world.world import World

_SAMPLES = {"photo": "photo.png", "document": "notes.pdf", "voice": "voice.ogg"}
Content = dict[str, Any]


def attachment(world: World, speaker: Person, kind: str, value: Any) -> Content:
    """The content fields for one attachment as the control API describes it; raises `ControlError` if it cannot be."""
    make = _MAKERS.get(kind)
    if make is None:
        raise ControlError(f"nobody can send a {kind} here")
    return make(world, speaker, value)


def _photo(world: World, _speaker: Person, value: Any) -> Content:
    return {"photo": photo_sizes(_file(world, "photo", value))}


def _document(world: World, _speaker: Person, value: Any) -> Content:
    return {"document": document_object(_file(world, "document", value))}


def _voice(world: World, _speaker: Person, value: Any) -> Content:
    return {"voice": voice_object(_file(world, "voice", value), 3)}


def _location(_world: World, _speaker: Person, value: Any) -> Content:
    return {"location": {"latitude": float(value["latitude"]), "longitude": float(value["longitude"])}}


def _venue(world: World, speaker: Person, value: Any) -> Content:
    place = _location(world, speaker, value)
    return {"venue": {**place, "title": value["title"], "address": value.get("address", "")}, **place}


def _contact(_world: World, speaker: Person, value: Any) -> Content:
    if value is not True:
        return {"contact": {"phone_number": str(value["phone_number"]), "first_name": str(value["first_name"])}}
    own: Content = {"phone_number": f"+86138{speaker.id:08d}", "first_name": speaker.first_name, "user_id": speaker.id}
    return {"contact": own | ({"last_name": speaker.last_name} if speaker.last_name else {})}


def _dice(world: World, _speaker: Person, _value: Any) -> Content:
    return {"dice": {"emoji": "🎲", "value": world.rng.randint(1, 6)}}


def _file(world: World, kind: str, value: Any) -> StoredFile:
    if value is True:
        content = sample_picture(hue=len(world.files.by_id) * 7) if kind == "photo" else b"%PDF-1.4 sample"
        return world.files.keep(kind, content, _SAMPLES[kind])
    try:
        content = base64.b64decode(value["base64"], validate=True)
    except (KeyError, TypeError, binascii.Error):
        raise ControlError(f"a {kind} is true or has its bytes as base64") from None
    return world.files.keep(kind, content, value.get("file_name", _SAMPLES[kind]), value.get("mime_type", ""))


_MAKERS: Mapping[str, Callable[[World, Person, Any], Content]] = MappingProxyType(
    {
        "photo": _photo,
        "document": _document,
        "voice": _voice,
        "location": _location,
        "venue": _venue,
        "contact": _contact,
        "dice": _dice,
    },
)
