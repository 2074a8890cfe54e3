"""The page's own texts and modules, read as files."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
ENTRY = re.compile(r'^  (\w+): \{\s*en: "((?:[^"\\]|\\.)*)",\s*zh: "((?:[^"\\]|\\.)*)",?\s*\},', re.MULTILINE)


def entries() -> list[tuple[str, str, str]]:
    return ENTRY.findall((PAGE / "texts.js").read_text(encoding="utf-8"))


def test_every_text_stands_in_both_languages_with_the_same_places_to_fill() -> None:
    keys = re.findall(r"^  (\w+): \{", (PAGE / "texts.js").read_text(encoding="utf-8"), re.MULTILINE)

    assert [key for key, _, _ in entries()] == keys
    assert [
        key for key, en, zh in entries() if set(re.findall(r"\{\w+\}", en)) != set(re.findall(r"\{\w+\}", zh))
    ] == []
    assert [key for key, en, zh in entries() if not en or not zh] == []


def test_every_text_is_used_and_none_is_missing() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PAGE.glob("*.js") if path.name != "texts.js")
    keys = {key for key, _, _ in entries()}

    assert sorted(key for key in keys if f'"{key}"' not in code and f"{key}:" not in code) == []
    assert sorted(set(re.findall(r'\bt\("(\w+)"', code)) - keys) == []


def test_modules_are_small_and_nothing_is_written_as_markup() -> None:
    for path in [*PAGE.glob("*.js"), *PAGE.glob("*.css"), PAGE / "index.html"]:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 300, path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path.name


def test_the_page_asks_no_other_machine_for_anything() -> None:
    allowed = ("http://www.w3.org/", "https://${text}")
    for path in PAGE.iterdir():
        found = re.findall(r"""["'(`](https?://[^"'\s)]*)""", path.read_text(encoding="utf-8"))
        assert [address for address in found if not address.startswith(allowed)] == [], path.name
