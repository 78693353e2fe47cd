"""There are at least 250 doctored cases, and honest ones of each kind that are not accused."""

from __future__ import annotations

from collections.abc import Sized

from tests.emails import LAYOUTS
from tests.review import test_decision_findings, test_decision_message
from tests.review.doctored import (
    test_facts,
    test_file_kinds,
    test_items,
    test_keys_twice,
    test_mail,
    test_never_written,
    test_numbers,
    test_packs,
    test_pages,
    test_time,
)

DOCTORED: dict[str, tuple[Sized, ...]] = {
    "file kinds": (test_file_kinds.MISNAMED,),
    "keys twice": (test_keys_twice.PLACES, test_keys_twice.PAGES, test_keys_twice.DECISIONS),
    "never written": (
        *(test_never_written.CASES, test_never_written.FORMS, test_never_written.DECISION_CASES),
    ),
    "items": (test_items.DOCTORED,),
    "facts": (test_facts.DOCTORED,),
    "packs": (test_packs.FORGED, test_packs.OWN, test_packs.HIDING),
    "pages": (test_pages.EDITED,),
    "numbers": (test_numbers.DOCTORED,),
    "time": (test_time.DOCTORED, test_time.SUSPECT),
    "decisions": (
        *(test_decision_findings.WRONG, test_decision_findings.ELSEWHERE),
        *(test_decision_findings.REPLACED, test_decision_message.EDITED),
    ),
    "emails": (test_mail.REFUSED, test_mail.CONTRADICTIONS),
}
HONEST: dict[str, tuple[Sized, ...]] = {
    "file kinds": (test_file_kinds.HONEST,),
    "keys twice": (test_keys_twice.HONEST, test_keys_twice.HONEST_PAGES),
    "never written": (test_never_written.HONEST,),
    "items": (test_items.HONEST, test_items.OTHERS),
    "facts": (test_facts.HONEST,),
    "packs": (test_packs.VERSIONS,),
    "pages": (test_pages.SAVED, test_pages.MAILED),
    "numbers": (test_numbers.HONEST,),
    "time": (test_time.HONEST,),
    "emails": (LAYOUTS, test_mail.HONEST_HEADERS),
    "decisions": (
        *(test_decision_findings.OTHER_NAMES, test_decision_findings.WAYS_TO_WRITE),
        test_decision_message.HONEST_REPORTS,
    ),
}


def test_there_are_enough_cases_of_each_kind() -> None:
    """A case is counted once, in however many ways it is tried."""
    numbers = {kind: sum(map(len, tables)) for kind, tables in DOCTORED.items()}
    controls = {kind: sum(map(len, tables)) for kind, tables in HONEST.items()}
    print(f"doctored: {numbers}, {sum(numbers.values())} in all; honest: {controls}")
    assert sum(numbers.values()) >= 250
    assert numbers.keys() == controls.keys()
    assert min(numbers.values()) >= 15
    assert min(controls.values()) >= 5
