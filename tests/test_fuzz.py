"""The fuzz run finds nothing in a few hundred cases, and does find what was put there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import pytest

pytest.importorskip("resource", reason="bounds are set as POSIX does")

from scripts import fuzz

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds are set as Linux does")


@pytest.mark.slow
def test_some_cases_end_as_they_should(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every reader has its share, and each case ends in a result or in a fault of the input."""
    # How fast this machine is has no say here.
    monkeypatch.setattr(fuzz, "MAX_SECONDS", 60.0)
    outcome = fuzz.fuzz(range(600), seed=3, workers=2)
    assert outcome.failures == []
    assert set(outcome.cases) == set(fuzz.readers())
    assert outcome.cases.total() == 600
    assert 0 < outcome.results.total() < 600
    assert outcome.memory < fuzz.MAX_MEMORY


def test_a_case_is_made_from_its_number_alone() -> None:
    """Whoever repeats one reads the same bytes."""
    known, again = fuzz.readers(), fuzz.readers()
    made = [fuzz.make_case(known, 3, number) for number in range(50)]
    assert made == [fuzz.make_case(again, 3, number) for number in range(50)]
    assert made != [fuzz.make_case(known, 4, number) for number in range(50)]


def _raise(data: bytes) -> object:
    known: dict[bytes, str] = {}
    return known[data]


def _hang(_data: bytes) -> object:
    while True:
        pass


def _swell(_data: bytes) -> object:
    return bytearray(2 * fuzz.MAX_MEMORY)


def _die(_data: bytes) -> object:
    os._exit(3)


def _hang_in_c(_data: bytes) -> object:
    time.sleep(60)
    return None


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (_raise, "KeyError"),
        (_hang, "more than 0.2 seconds"),
        (_swell, "more than 200 MB"),
        (_die, "the process died (3)"),
        pytest.param(_hang_in_c, "nothing could stop it", marks=pytest.mark.slow),
    ],
)
def test_a_planted_fault_is_found(
    fault: Callable[[bytes], object], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its case is named, the cases after it still run, and repeating it finds it again."""
    monkeypatch.setattr(fuzz, "MAX_SECONDS", 0.2)
    if fault is _hang_in_c:
        monkeypatch.setattr(fuzz, "MAX_WAIT", 2.0)
    known = {"planted": fuzz.Reader(1, [b"a: planted fault"], lambda data: _if_whole(data, fault))}
    # Of these five the first two are whole no longer; each worker has one of them.
    outcome = fuzz.fuzz(range(3, 8), 1, 2, known)
    assert [failure[0] for failure in outcome.failures] == [3, 4]
    for _, name, why in outcome.failures:
        assert name == "planted"
        assert told in why
    again = fuzz.fuzz([3], 1, 1, known)
    assert [failure[0] for failure in again.failures] == [3]
    shown = "\n".join(fuzz.show(outcome, 1, 0.0))
    assert "--seed 1 --case 3" in shown


def _if_whole(data: bytes, fault: Callable[[bytes], object]) -> object:
    """Fail where a mutation has broken the word, and only for few of those cases."""
    return None if b"planted" in data or len(data) % 4 else fault(data)
