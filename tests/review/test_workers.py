"""Work done by several processes is done as by one, whatever happens to them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from travelsec.review.workers import MAX_WORKERS, Workers, cores

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")


def square(number: int) -> tuple[int, int]:
    """Return the square, and which process made it."""
    return number * number, os.getpid()


def invert(number: int) -> int:
    """Return the whole part of the inverse; zero has none."""
    return 1 // number


def blocked_signals(_task: int) -> set[int]:
    """Return the signals that do not reach this process."""
    return {*signal.pthread_sigmask(signal.SIG_BLOCK, ())}


def is_gone(process: int) -> bool:
    """Return whether there is no such process any more."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def open_files() -> int:
    """Return how many files and pipes this process has open."""
    return len([*Path("/proc/self/fd").iterdir()])


@linux
def test_every_task_is_done_once_by_a_worker() -> None:
    """By each of them, if there are enough; afterwards they are gone."""
    with Workers(square, 3) as three:
        results = list(three.map(iter(range(1000))))
    assert sorted(result for result, _ in results) == [number * number for number in range(1000)]
    processes = {process for _, process in results}
    assert os.getpid() not in processes
    assert all(map(is_gone, processes))


@pytest.mark.parametrize("number", [0, 1])
def test_one_process_works_alone(number: int) -> None:
    """In order."""
    with Workers(square, number) as alone:
        assert list(alone.map(iter([3, 2]))) == [(9, os.getpid()), (4, os.getpid())]


@linux
def test_results_of_any_size_come_through() -> None:
    """Larger than a pipe holds, in both directions."""
    with Workers(bytes.upper, 2) as two:
        sizes = [len(one) for one in two.map(iter([b"a" * (1 << 20)] * 8))]
    assert sizes == [1 << 20] * 8


@linux
def test_a_fault_comes_up_in_the_first_process() -> None:
    """Once, as if it had worked alone."""
    with Workers(invert, 2) as two, pytest.raises(ZeroDivisionError):
        list(two.map(iter([1, 1, 0, 1])))


@linux
def test_the_task_of_a_worker_that_was_killed_is_done_all_the_same() -> None:
    """As by a system that runs out of memory."""
    first = os.getpid()

    def work(number: int) -> int:
        if number % 10 == 5 and os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with Workers(work, 2) as two:
        assert sorted(two.map(iter(range(100)))) == list(range(100))


@linux
def test_where_no_process_may_be_started_this_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on processes is no reason to fail."""

    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    files = open_files()
    with Workers(square, 2) as two:
        assert list(two.map(iter([3]))) == [(9, os.getpid())]
    assert open_files() == files


@linux
def test_who_stops_early_leaves_nothing() -> None:
    """No process and no open pipe; and no more tasks were taken than there are workers."""
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    files = open_files()
    with Workers(square, 2) as two:
        _, process = next(two.map(tasks()))
    assert is_gone(process)
    assert open_files() == files
    assert len(taken) == 3


@linux
def test_signals_that_stop_are_for_the_first_process() -> None:
    """And it gets them again once its workers have started."""
    before = blocked_signals(0)
    with Workers(blocked_signals, 2) as two:
        (blocked,) = two.map(iter([0]))
        assert blocked_signals(0) == before
    assert blocked - before == {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} - before


def test_there_are_as_many_as_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """But not so many that they would wait for the first; and only where copies are safe."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(3), raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert cores() == 3
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(99))
    assert cores() == MAX_WORKERS
    monkeypatch.setattr(sys, "platform", "win32")
    assert cores() == 1
