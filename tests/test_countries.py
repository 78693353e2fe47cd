"""Countries are understood however people write them, and shown by one name."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from importlib.metadata import version
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from scripts import make_countries

from travelsec.countries import (
    COUNTRIES_FILE,
    data,
    last_typed,
    matching,
    read_code,
    read_countries,
    show_country,
)
from travelsec.values import InvalidValue
from travelsec.wording import join_words

CODES = list(data().countries)
CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("turkiye", "TR"),
        ("UAE", "AE"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("Burma", "MM"),
        ("Myanmar", "MM"),
        ("Ivory Coast", "CI"),
        ("Cote d’Ivoire", "CI"),
        ("Czech Republic", "CZ"),
        ("Czechia", "CZ"),
        ("Holland", "NL"),
        ("the Netherlands", "NL"),
        ("South Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Hong Kong", "HK"),
        ("England", "GB"),
        ("scotland", "GB"),
        ("WALES", "GB"),
        ("Northern Ireland", "GB"),
        ("UK", "GB"),
        ("Bosnia & Herzegovina", "BA"),
        ("St. Lucia", "LC"),
        ("Saint Lucia", "LC"),
        ("Kosovo", "XK"),
        ("Swaziland", "SZ"),
        ("Deutschland", "DE"),
        ("NO", "NO"),
        ("no", "NO"),
        ("nor", "NO"),
        ("AND", "AD"),
        ("st", "ST"),
    ],
)
def test_a_country_has_many_names(name: str, code: str) -> None:
    """Former and short names, codes of two and three letters, in any case, without accents."""
    assert read_countries(name) == read_countries([name]) == (code,)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Turkey, GE", ("TR", "GE")),
        ("Turkey; Georgia\nFrance,", ("TR", "GE", "FR")),
        ("Turkey, Türkiye, tr", ("TR",)),
        ("GE and Turkey", ("GE", "TR")),
        ("France, Bosnia and Herzegovina and Spain", ("FR", "BA", "ES")),
        ("France, and Spain", ("FR", "ES")),
        ("Iran, Korea, Republic of, Oman", ("IR", "KR", "OM")),
        ("St Helena, Ascension and Tristan da Cunha, Chad", ("SH", "TD")),
        ("none", ()),
        ([], ()),
    ],
)
def test_several_are_read_in_the_order_typed(text: object, codes: tuple[str, ...]) -> None:
    """Each once; a name with a comma or an “and” in it is one country."""
    assert read_countries(text) == codes


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("Turky", "“Turky” is not a country (did you mean Turkey?)"),
        ("France, Germny", "“Germny” is not a country (did you mean Germany?)"),
        (["Turkey, Georgia"], "“Turkey, Georgia” is not a country"),
        ("Korea", "“Korea” is not clear: write South Korea or North Korea"),
        ("congo", "“congo” is not clear: write Congo (Kinshasa) or Congo (Brazzaville)"),
        ("xyzzy", "“xyzzy” is not a country (write its English name, or its code like TR)"),
        ("Oman, none", "none stands alone: write none, or name the countries"),
        (" , ", "the list is empty: for no country write none"),
        ("", "the list is empty: for no country write none"),
        (["TR", None], "each country is a name or a code, such as Türkiye or TR"),
        ({"TR": "GE"}, "a list of countries is needed here"),
        (None, "a list of countries is needed here"),
        ("z" * 100_000, f"“{'z' * 59}…” is not a country"),
    ],
)
def test_what_is_no_country_says_what_was_meant(raw: object, message: str) -> None:
    """A name of two countries is never taken for one of them."""
    with pytest.raises(InvalidValue) as caught:
        read_countries(raw)
    assert str(caught.value).startswith(message)


@given(st.lists(st.sampled_from(CODES), min_size=1, unique=True))
def test_countries_are_read_back_as_they_are_shown(codes: list[str]) -> None:
    """In a sentence, in a list, and without accents in capital letters."""
    names = [show_country(code) for code in codes]
    plain = unicodedata.normalize("NFKD", ", ".join(names)).encode("ascii", "ignore").decode()
    for text in (join_words(names), ", ".join(names), plain.upper()):
        assert read_countries(text) == tuple(codes)
    assert read_countries(names) == tuple(codes)


@pytest.mark.parametrize("code", CODES)
def test_every_name_belongs_to_one_country(code: str) -> None:
    """So does every alias, and a code counts before a name."""
    assert read_countries([code.lower(), *data().countries[code]]) == (code,)
    assert read_code(code) == code


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Turkey", "did you mean TR (Türkiye)?"),
        ("tr", "did you mean TR (Türkiye)?"),
        ("TUR", "did you mean TR (Türkiye)?"),
        ("Turkyy", "did you mean TR (Türkiye)?"),
        ("UK", "did you mean GB (United Kingdom)?"),
        ("Korea", "like TR"),
        ("ZZ", "like TR"),
    ],
)
def test_a_condition_takes_codes_only(text: str, hint: str) -> None:
    """A name is answered with its code."""
    with pytest.raises(InvalidValue) as caught:
        read_code(text)
    assert str(caught.value).startswith(f"“{text}” is not the code of a country")
    assert hint in str(caught.value)


def test_the_usual_name_that_begins_as_typed_comes_first() -> None:
    """Then a word in it, then aliases; a name typed in full is found."""
    assert matching("tu")[:2] == ["TN", "TR"]
    assert matching("korea") == ["KP", "KR"]
    assert matching("Burm") == ["MM"]
    assert matching("TUR")[0] == "TR"
    assert matching("om")[0] == "OM"
    assert matching("") == matching(" , ") == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [("Tur", "Tur"), ("GE, tu", "tu"), ("GE,", ""), ("GE and S", "S"), ("Sri L", "Sri L")],
)
def test_the_last_of_several_is_being_typed(text: str, typed: str) -> None:
    """Suggestions are for that one."""
    assert last_typed(text) == typed


def test_the_file_is_as_its_script_makes_it() -> None:
    """With the libraries that the file names, which are those of `constraints.txt`."""
    stored = msgspec.json.decode(COUNTRIES_FILE.read_bytes())["versions"]
    lines = map(Requirement, CONSTRAINTS.read_text(encoding="utf-8").splitlines())
    pinned = {line.name: str(line.specifier) for line in lines}
    assert {name: f"=={number}" for name, number in stored.items()} == {
        name: pinned[name] for name in make_countries.LIBRARIES
    }
    if any(version(name) != number for name, number in stored.items()):
        pytest.skip("other versions of the libraries are installed")
    assert COUNTRIES_FILE.read_text(encoding="utf-8") == make_countries.write()


def test_nothing_is_read_until_a_country_is_looked_up() -> None:
    """Commands that ask for none start as fast as before."""
    code = (
        "from travelsec import countries; from travelsec.pack.load import load; load(); "
        "print(countries.data.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
