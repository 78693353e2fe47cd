"""Make `src/travelsec/countries.json`: the countries of ISO 3166, with their names and aliases.

    python scripts/make_countries.py

The usual names are those of Unicode CLDR in British English, from Babel. The codes and aliases are
those of countryinfo. What neither has, and people write, stands below. Reports show the usual
names: when one of them changes, raise `WORDS` in `report/model.py`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.metadata import version

from babel import Locale
from countryinfo import CountryInfo, all_countries

from travelsec.countries import COUNTRIES_FILE, CountryData, key

SOURCE = (
    "Codes of ISO 3166-1 and aliases: countryinfo (© Porimol Chandro, MIT License). Usual names: "
    "Unicode CLDR, en-GB, by way of Babel (© Unicode, Inc., Unicode License V3). Made by "
    "scripts/make_countries.py, which adds some."
)
LIBRARIES = ("babel", "countryinfo")

WITHDRAWN = {"AN", "CS"}
"""Codes that countryinfo keeps, of countries that are no more."""

# Kosovo has no code of ISO; this is the one that CLDR and the European Union use.
MORE_CODES = ("XK",)

ALIASES = {
    "AE": ["Emirates"],
    "AG": ["Antigua"],
    "BA": ["Bosnia"],
    "CF": ["CAR"],
    "CI": ["Cote Ivoire"],
    "CN": ["PRC"],
    "ES": ["Canary Islands"],
    "FK": ["Falklands"],
    "GB": ["Britain", "England", "Northern Ireland", "Scotland", "UK", "Wales"],
    "KN": ["St Kitts"],
    "KP": ["DPRK"],
    "KR": ["ROK"],
    "MK": ["Macedonia"],
    "MM": ["Burma", "Myanmar"],
    "PS": ["Gaza", "Occupied Palestinian Territories", "West Bank"],
    "SA": ["KSA", "Saudi"],
    "SH": ["Ascension Island", "Tristan da Cunha"],
    "SJ": ["Svalbard"],
    "ST": ["Sao Tome"],
    "TC": ["Turks and Caicos"],
    "TT": ["Tobago", "Trinidad"],
    "US": ["America"],
    "VA": ["Vatican"],
    "VC": ["St Vincent"],
    "VG": ["BVI"],
    "VI": ["Virgin Islands of the US"],
}
"""What people write, and neither library has."""

AMBIGUOUS = {
    "Congo": ["CD", "CG"],
    "Korea": ["KR", "KP"],
    "St Martin": ["MF", "SX"],
    "Guiana": ["GF", "GY"],
    "Virgin Islands": ["VG", "VI"],
    "Channel Islands": ["GG", "JE"],
    "Netherlands Antilles": ["BQ", "CW", "SX"],
}
"""Names that stand for several countries, one of which may be listed where the other is not."""

# Both names of the island begin alike.
USUAL = {"MF": "St Martin (French part)"}

NO_NAMES = {"Dominique", "Island", "Mexicanos", "Montenegrin", "Thai", "Togolese"}
"""Aliases of countryinfo that mean something else in English."""


def make() -> CountryData:
    """Return the countries with their names."""
    usual = {**Locale("en", "GB").territories, **USUAL}
    found: dict[str, list[str]] = {}
    for entry in all_countries():
        code = entry.iso().get("alpha2")
        if code and code not in WITHDRAWN:
            found.setdefault(code, []).extend(_aliases(entry))
    found |= {code: [] for code in MORE_CODES}
    names = {
        code: [_usual(usual[code]), *ALIASES.get(code, []), *sorted(found[code])]
        for code in sorted(found)
    }
    owners = Counter(form for own in names.values() for form in set(map(key, own)))
    unclear = {form for form, count in owners.items() if count > 1} | set(map(key, AMBIGUOUS))
    return CountryData(
        SOURCE,
        {library: version(library) for library in LIBRARIES},
        {code: _distinct(own, unclear) for code, own in names.items()},
        AMBIGUOUS,
    )


def write() -> str:
    """Return the content of the file, one country a line."""
    made = make()
    fields = {
        "source": json.dumps(made.source),
        "versions": json.dumps(made.versions),
        "countries": _lines(made.countries),
        "ambiguous": _lines(made.ambiguous),
    }
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in fields.items()) + "\n}\n"


def _usual(name: str) -> str:
    """Return a name of CLDR as the project writes it."""
    name = name.replace(" & ", " and ").removesuffix(" SAR China").replace("’", "'")
    return re.sub(r"^Congo - (.+)", r"Congo (\1)", name)


def _aliases(entry: CountryInfo) -> list[str]:
    given = [entry.name(), entry.native_name(), *entry.alt_spellings()]
    return [
        name.strip()
        for name in filter(None, given)
        if len(name) > 2 and key(name).isascii() and name not in NO_NAMES
    ]


def _distinct(names: list[str], unclear: set[str]) -> list[str]:
    """Return the names without those that say nothing new or are not clear; the first stays."""
    first, *others = names
    kept = {key(name): name for name in reversed(others) if key(name) not in unclear | {key(first)}}
    return [first, *reversed(kept.values())]


def _lines(table: dict[str, list[str]]) -> str:
    rows = (
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(values, ensure_ascii=False)}"
        for name, values in table.items()
    )
    return "{\n" + ",\n".join(rows) + "\n}"


if __name__ == "__main__":
    COUNTRIES_FILE.write_text(write(), encoding="utf-8")
