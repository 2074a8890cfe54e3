"""Whatever a handler raises, the person who waits is answered."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot import i18n
from bot.domain.errors import NotFound
from bot.ports.store import StoreFailed
from handlers.wire.errors import Fault, guarded


class Failing:
    """Communities whose zone cannot be found, as the store refuses or by a fault of ours."""

    def __init__(self, error):
        self.error = error

    async def zone_for(self, _actor, _key):
        raise self.error


@pytest.mark.parametrize(
    ("error", "raised", "said"),
    [(StoreFailed("disk"), StoreFailed, "I cannot save anything just now"), (KeyError("x"), Fault, "NR001")],
)
async def test_a_refusal_for_which_no_words_can_be_found_is_answered_all_the_same(error, raised, said):
    async def refuse():
        raise NotFound("shifts")

    heard = []
    context: Any = SimpleNamespace(
        reply=SimpleNamespace(alert=heard.append),
        t=i18n.load().speaking("en"),
        use=SimpleNamespace(communities=Failing(error)),
        actor=None,
    )
    with pytest.raises(raised):
        await guarded(context, refuse, lambda: "NR001")
    assert len(heard) == 1
    assert said in heard[0]
