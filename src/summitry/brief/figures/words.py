"""What a picture says: messages of the catalogue about what it draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summitry.wording.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from summitry.wording import Names, Wording


@dataclass(frozen=True, slots=True)
class Words:
    """The words of pictures: `words(CODE, ...)` is the message `figure.CODE` about the values that it names."""

    wording: Wording

    @property
    def names(self) -> Names:
        """Titles by id, and whose side is ours."""
        return self.wording.names

    def __call__(self, code: str, **values: Any) -> str:  # noqa: ANN401 (what the message names)
        """A message as one string."""
        return "".join(span.text for span in self.wording.message(f"figure.{code}", values))

    def each(self, code: str, items: Iterable[Any], **values: Any) -> list[str]:  # noqa: ANN401 (what the message names)
        """The message about each item, which it calls `it`."""
        return [self(code, it=item, **values) for item in items]

    def more(self, code: str, left: int) -> tuple[str, ...]:
        """The note that so many are left out; nothing where none is."""
        return (self(code, left=left),) if left > 0 else ()

    def name(self, key: str) -> str:
        """The title of a party or an issue."""
        return self.names.name(key)

    def seat(self, party: str, key: str) -> str:
        """The title of a constituency at a party's home."""
        return clean(self.names.titles.get(f"{party}/{key}", key))
