"""Telephone numbers: shown as dialled, doubted, and linked; what is foreign stays as it is."""

from __future__ import annotations

from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.command import Outcome, run
from travelsec.telephone import as_dialled, doubts, links


@pytest.mark.parametrize(
    ("written", "abroad"),
    [
        ("020 7946 0018", "+44 20 7946 0018"),
        ("02079460018", "+44 20 7946 0018"),
        ("0207 946 0018", "+44 20 7946 0018"),
        ("(020) 7946-0018", "+44 20 7946 0018"),
        ("020.7946.0018", "+44 20 7946 0018"),
        ("07700 900123", "+44 7700 900123"),
        ("01632 960123", "+44 1632 960123"),
        ("0300 123 1234", "+44 300 123 1234"),
        # An extension, and other words.
        ("020 7946 0018 ext 12", "+44 20 7946 0018 ext 12"),
        ("020 7946 0018 x12", "+44 20 7946 0018 ext 12"),
        ("020 7946 0018 (ask reception)", "+44 20 7946 0018 (ask reception)"),
        ("020 7946 0018, ask reception", "+44 20 7946 0018, ask reception"),
        ("(020 7946 0018)", "(+44 20 7946 0018)"),
        # Several numbers.
        ("020 7946 0018 / 07700 900123", "+44 20 7946 0018 / +44 7700 900123"),
        ("+351 21 999 0003 or 020 7946 0018", "+351 21 999 0003 or +44 20 7946 0018"),
        # In forms that do not work as they are written.
        ("+44 (0)20 7946 0018", "+44 20 7946 0018"),
        ("+44 020 7946 0018", "+44 20 7946 0018"),
        ("0044 20 7946 0018", "+44 20 7946 0018"),
    ],
)
def test_a_british_number_is_shown_as_dialled_from_abroad(written: str, abroad: str) -> None:
    """However it is written, with what stands around it."""
    assert as_dialled(written, abroad=True) == abroad
    assert list(doubts(written)) == []
    # Once more changes nothing.
    assert as_dialled(abroad, abroad=True) == abroad


@pytest.mark.parametrize(
    "written", ["+44 20 7946 0018", "+44-20-7946-0018", "(+44) 20 7946 0018", "+442079460018 x3"]
)
def test_what_works_from_abroad_stays_as_it_is_written(written: str) -> None:
    """Nobody is told to read another number than the one they typed."""
    assert as_dialled(written, abroad=True) == written


@pytest.mark.parametrize(
    ("written", "at_home"),
    [
        ("020 7946 0018", "020 7946 0018"),
        ("02079460018 x3", "02079460018 x3"),
        ("+44 20 7946 0018", "020 7946 0018"),
        ("+44 (0)20 7946 0018 ext. 3", "020 7946 0018 ext 3"),
        ("0044 7700 900123", "07700 900123"),
        ("+351 21 999 0003", "+351 21 999 0003"),
    ],
)
def test_at_home_a_british_number_is_dialled_as_there(written: str, at_home: str) -> None:
    """Numbers of other countries keep their code."""
    assert as_dialled(written, abroad=False) == at_home


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        # Too short, too long, without an area code, for a few places only, or with letters.
        ("020 7946 001", "“020 7946 001” cannot be dialled from abroad: write it in full, with +"),
        ("020 7946 00188", "“020 7946 00188” cannot be dialled from abroad"),
        ("7946 0018", "“7946 0018” cannot be dialled from abroad"),
        ("999", "“999” is a short number, which may not work from abroad"),
        ("112", "“112” is a short number, which may not work from abroad"),
        ("46321", "“46321” is a short number, which may not work from abroad"),
        ("0800 FLOWERS", "“0800 FLOWERS” cannot be dialled from abroad"),
        ("ask reception 3", "“ask reception 3” cannot be dialled from abroad"),
        ("+44 20 7946 001", "“+44 20 7946 001” cannot be dialled from abroad: check its country"),
        ("+999 20 7946 0018", "“+999 20 7946 0018” cannot be dialled from abroad: check its coun"),
        ("+999 020 7946 0018", "“+999 020 7946 0018” cannot be dialled from abroad: check its co"),
        # Of other countries, as dialled there: Lisbon, Paris, Delhi, Lagos, Manila.
        ("21 999 0003", "“21 999 0003” cannot be dialled from abroad: write it in full, with +"),
        ("01 42 68 53 00", "“01 42 68 53 00” cannot be dialled from abroad"),
        ("011 2345 6789", "“011 2345 6789” cannot be dialled from abroad"),
        ("0703 123 4567", "“0703 123 4567” cannot be dialled from abroad"),
        ("0908 123 4567", "“0908 123 4567” cannot be dialled from abroad"),
        ("44 20 7946 0018", "“44 20 7946 0018” cannot be dialled from abroad"),
    ],
)
def test_what_cannot_be_dialled_from_abroad_is_told_and_left_alone(
    written: str, doubt: str
) -> None:
    """Nobody guesses what was meant."""
    assert as_dialled(written, abroad=True) == written
    assert as_dialled(written, abroad=False) == written
    (told,) = doubts(written)
    assert told.startswith(doubt)


def test_a_call_that_may_not_connect_is_doubted() -> None:
    """The form is right, and yet the number may not serve."""
    assert as_dialled("0800 917 5148", abroad=True) == "+44 800 917 5148"
    assert list(doubts("+44 800 917 5148")) == ["“+44 800 917 5148” may not connect from abroad"]
    (told,) = doubts("0049 30 901820")
    assert told.startswith("“0049 30 901820” begins with 00, which does not work in every country")
    assert as_dialled("0049 30 901820", abroad=True) == "0049 30 901820"


def test_of_several_numbers_the_wrong_one_is_named() -> None:
    """The other one is shown as dialled from abroad."""
    written = "020 7946 0018 or 7946 0019"
    assert as_dialled(written, abroad=True) == "+44 20 7946 0018 or 7946 0019"
    (told,) = doubts(written)
    assert told.startswith("“7946 0019” cannot be dialled")


def test_a_foreign_number_is_never_altered() -> None:
    """Of no country, in the forms that the library itself gives it."""
    for region in phonenumbers.SUPPORTED_REGIONS - {"GB", "GG", "IM", "JE"}:
        number = phonenumbers.example_number(region)
        assert number is not None
        for style in (
            phonenumbers.PhoneNumberFormat.INTERNATIONAL,
            phonenumbers.PhoneNumberFormat.E164,
        ):
            written = phonenumbers.format_number(number, style)
            assert as_dialled(written, abroad=True) == written
            assert as_dialled(written, abroad=False) == written
            assert list(doubts(written)) == []


@given(st.text(max_size=60) | st.from_regex(r"[+0-9 ()x/.-]{0,60}", fullmatch=True))
def test_any_text_is_only_rewritten_where_it_has_a_british_number(text: str) -> None:
    """Whatever is in it, and what dials it stays the same."""
    shown = as_dialled(text, abroad=True)
    if "+44" not in shown:
        assert shown == text
    list(doubts(text))
    for start, end, address in links(text):
        assert 0 <= start < end <= len(text)
        assert address.startswith("tel:")


@given(st.integers(2_000_000_000, 2_099_999_999).map(str))
def test_both_forms_of_a_number_dial_the_same(digits: str) -> None:
    """There and back again."""
    home = f"0{digits}"
    abroad = as_dialled(home, abroad=True)
    if abroad != home:
        assert as_dialled(abroad, abroad=False).replace(" ", "") == home


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+44 20 7946 0018", {"+44 20 7946 0018": "tel:+442079460018"}),
        ("(+44 (0)20 7946 0018)", {"+44 (0)20 7946 0018": "tel:+442079460018"}),
        ("+44 20 7946 0018 ext 12", {"+44 20 7946 0018 ext 12": "tel:+442079460018;ext=12"}),
        ("020–7946–0018 (ask for Ann)", {"020–7946–0018": "tel:02079460018"}),
        (
            "Telephone in the UK 0800 917 5148; Telephone from abroad +44 800 917 5148",
            {"0800 917 5148": "tel:08009175148", "+44 800 917 5148": "tel:+448009175148"},
        ),
        ("999", {"999": "tel:999"}),
        ("21 999 0003", {"21 999 0003": "tel:219990003"}),
        ("Ward 12, since 2026", {}),
        ("from 2026-12-01 to 01/12/2027, case 0123456789012", {}),
        ("A020 7946 0018, 020 7946 0018B, 1+44 20 7946 0018", {}),
        # Cut short: another number.
        ("+49 30 9018 2045…", {}),
        ("+44 20 7946 0018 ext 1…", {}),
        ("9" * 200, {}),
    ],
)
def test_links_dial_what_they_show(text: str, found: dict[str, str]) -> None:
    """Nothing that only looks like a number is a link."""
    assert {text[start:end]: address for start, end, address in links(text)} == found


def run_without_libraries(*command: str, folder: Path) -> Outcome:
    """Run a command where the libraries for numbers and QR codes cannot be imported."""
    (folder / "python").mkdir()
    hidden = "import sys\nsys.modules['phonenumbers'] = sys.modules['segno'] = None\n"
    (folder / "python" / "sitecustomize.py").write_text(hidden, encoding="utf-8")
    return run(*command, folder=folder, PYTHONPATH=str(folder / "python"))


@pytest.mark.parametrize(
    "command",
    [
        ("incident", "out-of-sight"),
        ("contacts",),
        ("card",),
        ("contacts", "--set", "line_manager=Jo"),
        ("prepare", "--no-input", "--set", "abroad=true", "--set", "devices=none"),
    ],
    ids=" ".join,
)
def test_where_nobody_is_named_no_library_is_imported(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Nobody waits for it in an emergency; nor for that of the QR code."""
    done = run_without_libraries(*command, folder=tmp_path)
    assert done.code in (0, 1), done.err


def test_a_library_that_is_missing_is_noticed(tmp_path: Path) -> None:
    """Else the test above would show nothing."""
    named = ("contacts", "--set", "line_manager=Jo, 020 7946 0018")
    assert run_without_libraries(*named, folder=tmp_path).code == 70
