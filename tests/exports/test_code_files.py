"""The files of a checkpoint's code: a picture, and a page to print."""

import struct

from bot.exports.codes import code_page, code_picture

LINK = "https://t.me/muster_bot?start=q_c0mmun-c0dec0dec0dec0dec0de"


def test_the_picture_is_a_png_large_enough_to_print():
    picture = code_picture(LINK)

    wide, high = struct.unpack(">II", picture[16:24])
    assert picture.startswith(b"\x89PNG")
    assert wide == high >= 400


def test_the_page_holds_the_name_the_words_the_code_and_the_link_and_no_markup_of_strangers():
    page = code_page(LINK, title="<b>东门", lines=["Scan & go"], language="zh_Hans").decode()

    assert '<html lang="zh-Hans">' in page
    assert "&lt;b&gt;东门" in page
    assert "Scan &amp; go" in page
    assert page.count("<svg") == 1
    assert LINK in page
    assert "http" not in page.replace(LINK, "").replace("http://www.w3.org/2000/svg", "")  # nothing is loaded


def test_the_same_link_gives_the_same_bytes():
    assert code_picture(LINK) == code_picture(LINK)
