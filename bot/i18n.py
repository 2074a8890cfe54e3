"""Words in the reader's language: gettext catalogues read with Babel, English in the source.

`say` gives HTML with every argument escaped, `plain` gives bare text for labels and toasts, `count` chooses the plural.
Catalogues are the `.po` files themselves, read once by the composition root; there is nothing to compile or forget.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from html import escape
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Value = str | int

_DIRECTIONS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # embeddings, overrides and isolates
_BLANKS = (0x0000, 0x115F, 0x1160, 0x200B, 0x2800, 0x3164, 0xFEFF, 0xFFA0)  # look like nothing, yet are no space
_FORBIDDEN = dict.fromkeys([*_DIRECTIONS, *_BLANKS])


class Html(str):
    """Text that is already HTML of our own making and is not escaped again."""

    __slots__ = ()


def shown(name: str, *, longest: int = 64) -> str:
    """Return a stranger's name fit for showing: one line of at most `longest` characters, all visible, never none."""
    clean = " ".join(name.translate(_FORBIDDEN).split()) or "—"
    return clean if len(clean) <= longest else clean[: longest - 1] + "…"


class Translator:
    """Speaks one language. Immutable; shared by all."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue
        self._locale = Locale.parse(language)

    def say(self, message: str, **values: Value) -> Html:
        """Return the message as HTML; values are escaped unless they are Html."""
        return Html(self._catalogue.gettext(message).format(**_escaped(values)))

    def plain(self, message: str, **values: Value) -> str:
        """Return the message as bare text, for button labels, toasts and file contents."""
        return self._catalogue.gettext(message).format(**values)

    def count(self, one: str, many: str, n: int, **values: Value) -> Html:
        """Return the singular or plural message for `n`, which is also the value {n}, as HTML."""
        return Html(self._catalogue.ngettext(one, many, n).format(n=n, **_escaped(values)))

    def count_plain(self, one: str, many: str, n: int, **values: Value) -> str:
        """Return the singular or plural message for `n` as bare text."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **values)

    def day(self, day: date) -> str:
        """Return a day with its weekday, such as 'Tue, 1 Dec' or '12月1日周二'."""
        return _day(self.language, day)

    def weekday(self, number: int) -> str:
        """Return a weekday's short name, such as 'Tue' or '周二'; 0 is Monday."""
        return str(self._locale.days["stand-alone"]["abbreviated"][number])

    def clock(self, instant: datetime, zone: ZoneInfo) -> str:
        """Return the time of day on the zone's clocks, such as '08:00'."""
        return f"{instant.astimezone(zone):%H:%M}"

    def hours(self, start: datetime, end: datetime, zone: ZoneInfo) -> str:
        """Return '08:00–12:00', with '+1' when it ends on a later day."""
        begins, ends = start.astimezone(zone), end.astimezone(zone)
        later = (ends.date() - begins.date()).days
        if later == 1 and not any((ends.hour, ends.minute)):
            return f"{begins:%H:%M}–24:00"
        return f"{begins:%H:%M}–{ends:%H:%M}" + (f" (+{later})" if later else "")

    def when(self, start: datetime, end: datetime, zone: ZoneInfo) -> str:
        """Return day and hours, such as 'Tue, 1 Dec 08:00–12:00'."""
        return f"{self.day(start.astimezone(zone).date())} {self.hours(start, end, zone)}"

    def zone(self, name: str) -> str:
        """Return what people call a time zone, with its IANA name."""
        return f"{get_timezone_location(name, locale=self._locale, return_city=True)} ({name})"


class Translators:
    """All languages of the product; made once by the composition root."""

    def __init__(self, languages: Mapping[str, Translator]) -> None:
        self._languages = languages

    def speaking(self, language: str | None) -> Translator:
        """Return the translator for one of our languages, English for any other."""
        return self._languages.get(language or "en") or self._languages["en"]

    def languages(self) -> list[str]:
        """Return the languages there are, English first."""
        return sorted(self._languages)


def load(folder: Path | None = None) -> Translators:
    """Read every catalogue below `folder` (default: the ones shipped). Raises OSError."""
    folder = folder or Path(__file__).parent / "locales"
    languages = {"en": Translator("en", gettext.NullTranslations())}
    for path in sorted(folder.glob("*/LC_MESSAGES/muster.po")):
        language = path.parts[-3]
        languages[language] = Translator(language, _catalogue(path, language))
    return Translators(languages)


def _catalogue(path: Path, language: str) -> gettext.GNUTranslations:
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _escaped(values: Mapping[str, Value]) -> dict[str, Value]:
    return {k: v if isinstance(v, (Html, int)) else escape(v, quote=False) for k, v in values.items()}


@lru_cache(maxsize=512)
def _day(language: str, day: date) -> str:
    return str(format_skeleton("MMMEd", day, locale=Locale.parse(language)))
