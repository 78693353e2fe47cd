"""Telephone numbers in texts: shown as dialled from somewhere, doubted, and turned into links.

A number without a country code is taken for a British one. Numbers of other countries, and the
words around a number, are never altered. phonenumbers is imported only when it is needed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from travelsec.problems import brief

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

MAX_CACHED_TEXTS = 1024
"""Texts to remember: the starters of a batch have many of their numbers in common."""

_UK = 44
# Mobile numbers, and a range for examples: parts of both are not assigned, so not valid.
_AS_GOOD_AS_VALID = r"7[1-9][0-9]{8}|1632960[0-9]{3}"
# Digits after this are part of a longer, invalid number.
_INSIDE_A_NUMBER = r"\+[0-9\s().-]*$"
# Such as 999, 112, or an extension of one's own office.
_SHORT = r"[0-9]{3,6}"
# Digits with what people put between them, and an extension. Followed by “…”, it was cut short.
_RUN = (
    r"(?<![\w+])(\+?\(?[0-9](?:[\s().\u2010-\u2013-]{0,3}+[0-9])++)"
    r"(?:\s*+(?i:ext(?:ension|n)?+\.?+|x|#)\s*+([0-9]{1,7}+))?+(?![\w@…])"
)
_LIKE_A_NUMBER = r"\+?[0-9(][0-9\s().-]{4,}[0-9]"


class _TelephoneInText(Struct, frozen=True):
    start: int
    end: int
    written: str
    number: PhoneNumber


@functools.lru_cache(MAX_CACHED_TEXTS)
def as_dialled(text: str, *, abroad: bool) -> str:
    """Return a text with its British numbers as dialled from abroad, or else at home."""
    parts, end = [], 0
    for telephone in _telephones_in(text):
        if telephone.number.country_code == _UK:
            parts += [text[end : telephone.start], _british(telephone, abroad=abroad)]
            end = telephone.end
    return "".join([*parts, text[end:]])


@functools.lru_cache(MAX_CACHED_TEXTS)
def doubts(text: str) -> tuple[str, ...]:
    """Return why a call from abroad to the numbers of a text may not get through."""
    return tuple(_doubts(text))


def _doubts(text: str) -> Iterator[str]:
    from phonenumbers import PhoneNumberType, number_type

    others, end = [], 0
    for telephone in _telephones_in(text):
        others.append(text[end : telephone.start])
        end = telephone.end
        kind = number_type(telephone.number)
        if telephone.number.country_code != _UK:
            if not _has_plus(telephone.written):
                yield (
                    f"“{telephone.written}” begins with 00, which does not work in every country: "
                    "write + instead"
                )
        elif kind in (
            PhoneNumberType.TOLL_FREE,
            PhoneNumberType.SHARED_COST,
            PhoneNumberType.PREMIUM_RATE,
        ):
            yield f"“{telephone.written}” may not connect from abroad"
    others.append(text[end:])
    for other in others if end else ():
        for unread in re.finditer(_LIKE_A_NUMBER, other):
            yield _no_number(unread[0])
    if not end:
        yield _no_number(text)


def links(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, end and `tel:` address of each number in a text: what is shown is dialled.

    A text that is nothing but digits, such as 999, is a number too. This takes no library: pages
    of reports are compared, and must not change with what it knows of numbers.
    """
    for run in re.finditer(_RUN, text):
        digits = re.sub(r"\D", "", run[1].replace("(0)", "") if run[1][0] == "+" else run[1])
        start, end = run.span()
        if run[1].startswith("+"):
            is_number, digits = 7 <= len(digits) <= 15, f"+{digits}"
        else:
            is_number = len(digits) in (10, 11) and digits[0] == "0"
        is_alone = not (text[:start] + text[end:]).strip() and 3 <= len(digits) <= 16
        if is_number or is_alone:
            yield start, end, f"tel:{digits}{';ext=' + run[2] if run[2] else ''}"


def _telephones_in(text: str) -> Iterator[_TelephoneInText]:
    """Yield what is surely a number, in the order of the text."""
    if not re.search(r"\d", text):
        return
    from phonenumbers import Leniency, PhoneNumberMatcher

    for match in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE):
        written, start = match.raw_string, match.start
        if written[0] in "([（［" and not re.search(r"[)\]）］]", written):
            # The text around the number is in brackets, not a part of it.
            written, start = written[1:], start + 1
        if _is_clear(match.number, written) and not re.search(_INSIDE_A_NUMBER, text[:start]):
            yield _TelephoneInText(start, match.end, written, match.number)


def _is_clear(number: PhoneNumber, written: str) -> bool:
    """Return whether nothing else can be meant; without a code, only an ordinary British number."""
    from phonenumbers import (
        PhoneNumberType,
        ValidationResult,
        is_possible_number_with_reason,
        is_valid_number,
        normalize_digits_only,
        number_type,
    )

    digits = normalize_digits_only(written)
    if not _has_plus(written) and not digits.startswith("0"):
        return False
    if number.country_code != _UK:
        # What is assigned abroad changes more often than a library.
        return is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
    if re.fullmatch(_AS_GOOD_AS_VALID, str(number.national_number)):
        return True
    # Mobile numbers of many countries look like these.
    costly = (PhoneNumberType.PERSONAL_NUMBER, PhoneNumberType.PREMIUM_RATE)
    has_code = _has_plus(written) or digits.startswith("00")
    return is_valid_number(number) and (has_code or number_type(number) not in costly)


def _has_plus(written: str) -> bool:
    return "+" in written or "＋" in written


def _british(telephone: _TelephoneInText, *, abroad: bool) -> str:
    from phonenumbers import PhoneNumber, PhoneNumberFormat, format_number, normalize_digits_only

    extension = telephone.number.extension or ""
    dialled = f"{_UK if abroad else 0}{telephone.number.national_number}{extension}"
    if (
        normalize_digits_only(telephone.written) == dialled
        and _has_plus(telephone.written) is abroad
    ):
        return telephone.written
    style = PhoneNumberFormat.INTERNATIONAL if abroad else PhoneNumberFormat.NATIONAL
    without = PhoneNumber(country_code=_UK, national_number=telephone.number.national_number)
    written = format_number(without, style)
    return f"{written} ext {extension}" if extension else written


def _no_number(text: str) -> str:
    if re.fullmatch(_SHORT, text.strip()):
        return f"“{brief(text.strip())}” is a short number, which may not work from abroad"
    advice = (
        "check its country code and its digits"
        if _has_plus(text)
        else "write it in full, with + and the country code"
    )
    return f"“{brief(text.strip())}” cannot be dialled from abroad: {advice}"
