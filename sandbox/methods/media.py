"""Messages with files, albums, and getting files back."""

from typing import Any

from sandbox.errors import bad_request
from sandbox.methods.call import Access, Call, Upload, chat_of
from sandbox.methods.sending import caption_of, place, send
from sandbox.world.files import StoredFile, document_object, photo_sizes, video_object, voice_object
from sandbox.world.messages import CAPTIONED
from sandbox.world.render import message_object

MAX_UPLOAD = 50 * 1024 * 1024  # bytes; Bot API docs, sending files
MAX_PHOTO = 10 * 1024 * 1024
MAX_DOWNLOAD = 20 * 1024 * 1024
_NAMES = {"photo": "Photo", "document": "Document", "video": "Video", "voice": "VoiceNote", "audio": "Audio"}


def send_photo(call: Call) -> Any:
    """`sendPhoto`; 10 MB, sides of 10 000 together, ratio 20 (Bot API docs)."""
    return _send_file(call, "photo")


def send_document(call: Call) -> Any:
    """`sendDocument`."""
    return _send_file(call, "document")


def send_voice(call: Call) -> Any:
    """`sendVoice`."""
    return _send_file(call, "voice")


def send_video(call: Call) -> Any:
    """`sendVideo`."""
    return _send_file(call, "video")


def _send_file(call: Call, kind: str) -> Any:
    caption = caption_of(call)
    stored = file_of(call, kind, call.params.get(kind), call.files.get(kind))
    return send(call, kind, {**file_fields(kind, stored, call.get("duration", 1)), **caption})


def file_fields(kind: str, stored: StoredFile, duration: int = 1) -> dict[str, Any]:
    """The content field that shows the file; duration in seconds."""
    match kind:
        case "photo":
            return {"photo": photo_sizes(stored)}
        case "voice":
            return {"voice": voice_object(stored, duration)}
        case "video":
            return {"video": video_object(stored, duration)}
        case _:
            return {"document": document_object(stored)}


def file_of(call: Call, kind: str, given: Any, upload: Upload | None) -> StoredFile:
    """The file that a parameter means: an upload, `attach://name`, an earlier `file_id`, or an address.

    Raises `ApiError`: none given (server `get_input_file`), wrong ids (TDLib), too big.
    """
    if isinstance(given, str) and given.startswith("attach://"):
        upload = call.files.get(given.removeprefix("attach://"))
        given = None
    if upload is not None:
        return _keep(call, kind, upload)
    if not given:
        raise bad_request(f"there is no {kind} in the request")
    if stored := call.world.files.by_id.get(given):
        if (kind == "photo") != (stored.kind == "photo"):
            used, wanted = _NAMES.get(stored.kind, "Document"), _NAMES.get(kind, "Document")
            raise bad_request(f"can't use file of type {used} as {wanted}")
        return stored
    if str(given).startswith(("http://", "https://")):
        return call.world.files.keep(kind, b"\0", str(given).rsplit("/", 1)[-1])  # nothing is fetched from anywhere
    raise bad_request("wrong file identifier/HTTP URL specified")


def _keep(call: Call, kind: str, upload: Upload) -> StoredFile:
    if len(upload.content) > MAX_UPLOAD:
        raise bad_request("file is too big")
    if not upload.content:
        raise bad_request("file must be non-empty")
    stored = call.world.files.keep(kind, upload.content, upload.name, upload.mime_type)
    if kind == "photo":
        wide, high = stored.width, stored.height
        if len(upload.content) > MAX_PHOTO:
            raise bad_request("file is too big")
        if wide + high > 10_000 or max(wide, high) > 20 * min(wide, high):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return stored


def media_content(call: Call, media: dict[str, Any]) -> dict[str, Any]:
    """The content of one `InputMedia` object, caption included."""
    kind = media.get("type", "")
    if kind not in CAPTIONED or kind == "voice":
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    if not media.get("media"):
        raise bad_request("can't parse InputMedia: media not found")
    caption = caption_of(call, media)
    stored = file_of(call, kind, media["media"], None)
    return {**file_fields(kind, stored, media.get("duration", 1)), **caption}


def send_media_group(call: Call) -> Any:
    """`sendMediaGroup`: 2-10 items as one album; photos and videos mix, documents keep to themselves (Bot API docs)."""
    items = call.get("media", [])
    if not 1 <= len(items) <= 10:
        raise bad_request(
            "too many messages to send as an album" if items else "there are no messages to send"
        )  # TDLib
    kinds = {item.get("type") for item in items}
    if "document" in kinds and kinds != {"document"}:
        raise bad_request("document can't be mixed with other media types")
    contents = [media_content(call, item) for item in items]
    album = str(call.world.rng.randrange(10**16, 10**17)) if len(items) > 1 else None
    kind = "document" if kinds == {"document"} else "photo"
    return [message_object(call.world, place(call, kind, content, album=album)) for content in contents]


def get_file(call: Call) -> Any:
    """`getFile`; 20 MB (Bot API docs)."""
    if not call.get("file_id"):
        raise bad_request("file_id not specified")
    stored = call.world.files.by_id.get(call.params["file_id"])
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def get_user_profile_photos(call: Call) -> Any:
    """`getUserProfilePhotos`: nobody here has one."""
    if call.get("user_id", 0) not in call.world.people and call.get("user_id") != call.world.bot.id:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


def set_chat_photo(call: Call) -> Any:
    """`setChatPhoto`: accepted, shown nowhere."""
    chat = chat_of(call, Access.WRITE)
    if not chat.member(call.world.bot.id).may("can_change_info"):
        raise bad_request("not enough rights to change chat photo")
    file_of(call, "photo", call.params.get("photo"), call.files.get("photo"))
    return True


METHODS = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendVoice": send_voice,
    "sendVideo": send_video,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
    "getUserProfilePhotos": get_user_profile_photos,
    "setChatPhoto": set_chat_photo,
}
