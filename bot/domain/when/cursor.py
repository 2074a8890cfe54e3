"""A place in the tokens of a text, which the parts of the grammar move forward."""

from __future__ import annotations

from bot.domain.when.errors import Ambiguous, Choice, Expected, NotUnderstood
from bot.domain.when.source import Source
from bot.domain.when.tokens import Token, read_tokens
from bot.domain.when.vocabulary import Kind


class Cursor:
    """Reads tokens one after the other. A rule that does not fit puts `place` back where it began."""

    def __init__(self, source: Source, *, folded: str | None = None, pair_is_day: bool = False) -> None:
        """`folded` replaces the text to read (same length); `pair_is_day`: 12-01 is the first of December, no range."""
        self.source = source
        self.tokens = read_tokens(source.folded if folded is None else folded)
        self.pair_is_day = pair_is_day
        self.place = 0

    def peek(self, ahead: int = 0) -> Token:
        """Return the token `ahead` of the next one without moving; past the end it is END."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else self.tokens[-1]

    def sees(self, *kinds: Kind) -> bool:
        """Whether the next tokens are of exactly these kinds, in this order."""
        return all(self.peek(i).kind is kind for i, kind in enumerate(kinds))

    def take(self, *kinds: Kind) -> Token | None:
        """Return the next token and move on if it is of one of these kinds."""
        token = self.peek()
        if token.kind not in kinds or token.kind is Kind.END:
            return None
        self.place += 1
        return token

    def skip_fillers(self) -> None:
        """Move past words that only connect: on, at, from, 在, 从 and their like."""
        while self.take(Kind.FILLER):
            pass

    def text_since(self, place: int) -> str:
        """Return the typed text from the token at `place` up to here."""
        return self.source.part(self.tokens[place].start, self.tokens[self.place - 1].end)

    def not_understood(self, expected: Expected) -> NotUnderstood:
        """Return the error for what stands here: the text up to the next space."""
        start = self.peek().start
        end = self.source.folded.find(" ", start)
        return NotUnderstood(self.source.part(start, end if end > start else len(self.source.folded)), expected)

    def not_understood_since(self, place: int, expected: Expected) -> NotUnderstood:
        """Return the error for the tokens from `place` up to here."""
        return NotUnderstood(self.text_since(place), expected)

    def ambiguous(self, place: int, choices: tuple[Choice, ...], spelled: tuple[str, ...]) -> Ambiguous:
        """Return the error for the tokens from `place` up to here, whose readings are `spelled` out."""
        start, end = self.tokens[place].start, self.tokens[self.place - 1].end
        rewrites = tuple(self.source.rewritten(start, end, words) for words in spelled)
        return Ambiguous(self.source.part(start, end), choices, rewrites)
