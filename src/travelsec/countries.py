"""Countries of ISO 3166: found by a name, an alias or a code, and shown by their usual name.

`countries.json` has their names, and says where they come from. `scripts/make_countries.py` makes
it. It is read when a country is first looked up; most commands need none.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from travelsec.problems import brief, guess
from travelsec.values import MAX_ANSWER, InvalidValue
from travelsec.wording import join_words

COUNTRIES_FILE = Path(__file__).parent / "countries.json"

# Patterns are compiled when the first country is read.
_SEPARATOR = " ?[,;] ?|(?i: and )"
_MOST_PARTS = 3
"""The most parts of a name: “St Helena, Ascension and Tristan da Cunha” has three."""


class CountryData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of `countries.json`.

    `countries` has the names of each code: the usual one, then its aliases. `ambiguous` has the
    codes that a name may stand for.
    """

    source: str
    versions: dict[str, str]
    countries: dict[str, list[str]]
    ambiguous: dict[str, list[str]]


@functools.cache
def data() -> CountryData:
    """Return the countries."""
    return msgspec.json.decode(COUNTRIES_FILE.read_bytes(), type=CountryData)


def show_country(code: str) -> str:
    """Return the usual name of a country; an unknown code stays as it is."""
    return data().countries.get(code, [code])[0]


def read_countries(raw: object) -> tuple[str, ...]:
    """Read countries from text with commas between them, or from a list; return their codes.

    Raises:
        InvalidValue: one of them is not known, or its name is that of several.
    """
    if isinstance(raw, str):
        if raw.strip().casefold() == "none":
            return ()
        codes = list(_codes_in(raw))
        if not codes:
            # An empty text may come from a variable that is not set, so it does not mean none.
            raise InvalidValue("the list is empty: for no country write none")
    elif isinstance(raw, list):
        codes = [_read_country(name) for name in raw]
    else:
        raise InvalidValue("a list of countries is needed here")
    return tuple(dict.fromkeys(codes))


def read_code(text: str) -> str:
    """Return a code as conditions have it: two capital letters, and no name.

    Raises:
        InvalidValue: it is none.
    """
    if text in data().countries:
        return text
    code = _code_of(text) or _code_of(guess(text, _guessable_names()) or "")
    hint = f"; did you mean {code} ({show_country(code)})?" if code else ""
    raise InvalidValue(
        f"“{brief(text)}” is not the code of a country (write two capital letters, like TR{hint})"
    )


def matching(typed: str) -> list[str]:
    """Return the countries with a name or code that begins as typed.

    First come those whose usual name begins so, then those with such a word in it.
    """
    beginning = key(typed)
    if not beginning:
        return []
    ranks: dict[str, int] = {}
    for code, names in data().countries.items():
        if key(names[0]).startswith(beginning) or code.casefold() == beginning:
            ranks[code] = 0
        elif any(key(word).startswith(beginning) for word in re.findall(r"\w+", names[0])):
            ranks[code] = 1
        elif any(key(name).startswith(beginning) for name in names):
            ranks[code] = 2
    return sorted(ranks, key=lambda code: (ranks[code], key(show_country(code))))


def last_typed(text: str) -> str:
    """Return the last of the countries in a line that is being typed."""
    return _split_parts(text)[-1]


@functools.lru_cache(4096)
def key(name: str) -> str:
    """Return a name in a form to compare: without case, accents, spaces, “and” and “the”."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i").replace("ø", "o"))
    words = re.findall(
        r"[^\W_]+",
        "".join(character for character in plain if not unicodedata.combining(character)),
    )
    telling = [word for word in words if word not in ("and", "the")]
    return "".join("saint" if word == "st" else word for word in telling or words)


def _split_parts(text: str) -> list[str]:
    return re.split(_SEPARATOR, " ".join(text.replace("\n", ",").split()))


def _codes_in(text: str) -> Iterator[str]:
    """Yield the countries of a text; names with a comma or an “and” in them are kept whole."""
    parts = [part for part in _split_parts(text) if part]
    start = 0
    while start < len(parts):
        for length in range(_MOST_PARTS, 0, -1):
            code = _code_of(" ".join(parts[start : start + length]))
            if code:
                yield code
                break
        else:
            yield _read_country(parts[start])
        start += length


def _read_country(name: object) -> str:
    if not isinstance(name, str):
        raise InvalidValue("each country is a name or a code, such as Türkiye or TR")
    if code := _code_of(name):
        return code
    if name.strip().casefold() == "none":
        raise InvalidValue("none stands alone: write none, or name the countries")
    form = key(name[:MAX_ANSWER])
    for ambiguous, codes in data().ambiguous.items():
        if key(ambiguous) == form:
            ways = join_words(map(show_country, codes), "or")
            raise InvalidValue(f"“{brief(name)}” is not clear: write {ways}")
    meant = guess(name, _guessable_names())
    hint = f"did you mean {meant}?" if meant else "write its English name, or its code like TR"
    raise InvalidValue(f"“{brief(name)}” is not a country ({hint})")


def _code_of(name: str) -> str | None:
    """Return the code of a country by its code, name or alias."""
    code = name.strip().upper()
    if code in data().countries:
        return code
    return _codes_by_name().get(key(name)) if len(name) <= MAX_ANSWER else None


@functools.cache
def _codes_by_name() -> Mapping[str, str]:
    """Map names, in the form to compare, to codes."""
    return {key(name): code for code, names in data().countries.items() for name in names}


def _guessable_names() -> list[str]:
    """Return the names that may be meant by a similar one; codes of three letters are too alike."""
    return [name for names in data().countries.values() for name in names if len(name) > 3]
