"""Work in several processes where the system can copy a process: on Linux.

`concurrent.futures` takes as long to load as fifty reports to judge (17 ms; this takes 3), and its
locks stay held if a signal handler raises at the wrong moment.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Generic, NoReturn, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

MAX_WORKERS = 8
"""More would only wait for this process, which hands out the tasks and collects the results."""
_STOPPING = {signal.SIGINT, signal.SIGTERM} | {
    getattr(signal, name) for name in ("SIGHUP",) if hasattr(signal, name)
}


def cores() -> int:
    """Return how many processes can work at once."""
    if sys.platform != "linux":
        # Windows cannot copy a process, and starting another Python takes as long as hundreds of
        # reports. On macOS, libraries of the system crash in a copy.
        return 1
    return min(len(os.sched_getaffinity(0)), MAX_WORKERS)


class Workers(contextlib.ExitStack, Generic[Task, Result]):
    """Copies of this process that do its work. A context manager, which ends them.

    Args:
        work: what to do with a task.
        number: how many copies to make; with less than two, this process works alone.
    """

    def __init__(self, work: Callable[[Task], Result], number: int) -> None:
        super().__init__()
        self._work = work
        self._number = number if number > 1 else 0
        self._workers: list[_Worker] = []

    def __enter__(self) -> Workers[Task, Result]:
        # Where no more processes are allowed, fewer do the work.
        with contextlib.suppress(OSError):
            for _ in range(self._number):
                self._workers.append(self.enter_context(_Worker(self._work, self._workers)))
        return self

    def map(self, tasks: Iterator[Task]) -> Iterator[Result]:
        """Yield the result of each task, in the order in which they are done.

        The work begins at once, before the first result is asked for.
        """
        if not self._workers:
            return map(self._work, tasks)
        # A worker gets its next task once its result is read: memory stays flat, no pipe fills up.
        busy = {}
        for worker, task in zip(self._workers, tasks, strict=False):
            worker.give(task)
            busy[worker.results] = worker, task
        return self._collect(busy, tasks)

    def _collect(
        self, busy: dict[BinaryIO, tuple[_Worker, Task]], tasks: Iterator[Task]
    ) -> Iterator[Result]:
        while busy:
            ready, _, _ = select.select([*busy], [], [])
            for results in ready:
                worker, task = busy.pop(results)
                try:
                    result = pickle.load(results)
                except (EOFError, OSError, pickle.UnpicklingError):
                    # The worker was killed or failed. If it failed, the error comes up here again.
                    result = self._work(task)
                for following in tasks:
                    worker.give(following)
                    busy[results] = worker, following
                    break
                else:
                    worker.end()
                yield result


class _Worker:
    """A copy of this process. A context manager, which ends it."""

    def __init__(self, work: Callable[[Task], Result], others: list[_Worker]) -> None:
        tasks, self._tasks = _pipe()
        self.results, results = _pipe()
        # A copy keeps what is blocked: Ctrl-C in a terminal reaches it, too, but is meant for the
        # process that can tell the user.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        try:
            self._process = os.fork()
            if not self._process:
                # A pipe ends when nobody holds its other end any more.
                others_ends = [
                    pipe for worker in others for pipe in (worker._tasks, worker.results)
                ]
                _work_on(work, tasks, results, (self._tasks, self.results, *others_ends))
        except OSError:
            self._tasks.close()
            self.results.close()
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            tasks.close()
            results.close()

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *_error: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        self.results.close()
        self.end()

    def end(self) -> None:
        """Let the worker end by itself, which takes a moment."""
        # Nobody reads what is left in its buffer.
        with contextlib.suppress(OSError):
            self._tasks.close()

    def give(self, task: object) -> None:
        """Hand over a task."""
        # If the worker has ended, reading its result will show that.
        with contextlib.suppress(OSError):
            pickle.dump(task, self._tasks)
            self._tasks.flush()


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    end, start = os.pipe()
    return os.fdopen(end, "rb"), os.fdopen(start, "wb")


def _work_on(
    work: Callable[[Task], Result],
    tasks: BinaryIO,
    results: BinaryIO,
    not_needed: Iterable[BinaryIO],
) -> NoReturn:
    """Do the tasks until there are no more, and end this process."""
    try:
        for pipe in not_needed:
            pipe.close()
        while True:
            pickle.dump(work(pickle.load(tasks)), results)
            results.flush()
    finally:
        # Whatever failed fails again in the first process, which can report it. An ordinary exit
        # would write what the first process had in its buffers, and run what it left to be done.
        os._exit(0)
