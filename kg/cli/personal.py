"""What the commands say of personal data: the option that masks them, the line that counts them, messages without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.base.errors import KgError
from kg.base.language import language, say, told
from kg.text.personal.shapes import KINDS

if TYPE_CHECKING:
    from kg.base.model import Article

__all__ = ["MaskOption", "chosen", "notices", "shielded", "without"]

MaskOption = Annotated[
    str,
    typer.Option(
        "--mask",
        metavar="KINDS",
        help=f"Put × for personal data before anything is read: some of {','.join(KINDS)}, or all.",
        show_default=False,
    ),
]

_ONE: Final[Mapping[str, str]] = {
    "id": "1 identity number",
    "phone": "1 telephone number",
    "address": "1 home address",
    "plate": "1 plate of a car",
    "account": "1 bank account",
}
_MANY: Final[Mapping[str, str]] = {
    "id": "{many} identity numbers",
    "phone": "{many} telephone numbers",
    "address": "{many} home addresses",
    "plate": "{many} plates of cars",
    "account": "{many} bank accounts",
}


def chosen(words: str) -> tuple[str, ...]:
    """Return the kinds that the option names."""
    from kg.text.personal.mask import mask_of

    try:
        return mask_of(words)
    except KgError as error:
        raise typer.BadParameter(told(KgError("--mask", error.what, error.hint))) from error


def without(words: str, mask: Sequence[str]) -> str:
    """Return words of a message, as the path of a file, without what is masked."""
    from kg.text.personal.mask import masked

    return masked(words, mask)


@contextmanager
def shielded(mask: Sequence[str]) -> Iterator[None]:
    """Let an error that names a file or an article name it without what is masked."""
    try:
        yield
    except KgError as error:
        if not mask:
            raise
        raise type(error)(*(without(each, mask) for each in (error.where, error.what, error.hint))) from None
    except OSError as error:
        if not mask or error.filename is None:
            raise
        raise OSError(error.errno, error.strerror, without(str(error.filename), mask)) from None


def notices(articles: Sequence[Article], mask: Sequence[str]) -> Iterator[str]:
    """Yield a line on what was masked, and one on what was not, where there is any."""
    from kg.text.personal.find import count

    hidden: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for article in articles:
        hidden.update({kind: number for kind, number in article.masked if number})
        left.update(count(article.text, article.title, article.publisher, article.author, _name(article)))
    if hidden:
        yield say("kg: masked: {listed}", listed=_listed(hidden))
    elif mask:
        yield say("kg: masked: nothing; the texts hold no such data")
    if left:
        option = ",".join(kind for kind in KINDS if kind in mask or left[kind])
        yield say(
            "kg: {listed} stand in the texts; --mask {option} puts × for them",
            listed=_listed(left),
            option=option,
        )


def _name(article: Article) -> str:
    """Return the name of an article as far as it may hold personal data: a mere number counts articles."""
    return "" if article.name.isascii() and article.name.isdigit() else article.name


def _listed(numbers: Mapping[str, int]) -> str:
    parts = [
        say(_ONE[kind]) if numbers[kind] == 1 else say(_MANY[kind], many=numbers[kind])
        for kind in KINDS
        if numbers[kind]
    ]
    return ("、" if language() == "zh" else ", ").join(parts)
