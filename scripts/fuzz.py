"""Feed every reader of travelsec mutated files; each must end in a result or in a UserError.

    python scripts/fuzz.py CASES [--seed N] [--workers N] [--case N]

A case follows from the seed and its number alone: `--seed 7 --case 123` repeats one. A failure is
any other exception, more than 2 seconds of processor time, more than 200 MB of memory above what
the process started with, or the death of the process. Exit code 1 if there is one.

Linux only: its system calls limit time and memory.
"""

from __future__ import annotations

import argparse
import datetime
import json
import multiprocessing
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from travelsec.batch import jsonl
from travelsec.batch.starters import StarterReader
from travelsec.guidance import index_file
from travelsec.guidance.page import MAX_LINES, MAX_PAGE_BYTES, index
from travelsec.guidance.revision import revise, words_of
from travelsec.pack import load, overlays, parse, references, yaml
from travelsec.pack.folder import bundled_folder, read_files
from travelsec.pack.model import Pack
from travelsec.problems import InputError, Place, UserError
from travelsec.report import build, embedded_json, read
from travelsec.report import json as report_json
from travelsec.review import decision
from travelsec.review.judge import Judge
from travelsec.trip.answers import AnswersReader
from travelsec.trip.facts import Facts

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 11, 24)
NOW = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.UTC)

MAX_SECONDS = 2.0
MAX_MEMORY = 200 * 1024 * 1024
# Code that no signal interrupts is killed from outside, with time to spare for a slow machine.
MAX_WAIT = 30.0


class TooSlowError(BaseException):
    """A case took too long. No handler of ordinary exceptions may catch it."""


# What the readers are given


class Reader(NamedTuple):
    """A reader under test: its share of the cases, what to mutate, and what to call."""

    share: int
    seeds: Sequence[bytes]
    read: Callable[[bytes], object]


PAGE = """---
title: Taking equipment
expires: 2026-06-30
---
# Taking equipment

Before you go, [ask](https://example.org) your manager. **Never:**

- leave it in a car
- lend it:
  1. to friends
  2. to *family*; call `020 7946 0000`

> Think about a bag. <!-- later --> Mail <desk@example.org>.

| Who | What |
|-----|------|
| You | Call |

## On return

Return it\\
at once. &amp; check the seal.

~~~sh
echo "Done."
~~~
"""


INFO = b"pack: {id: some, version: '1', title: Some, covers: This., not_covered: That.}\n"

OVERLAY = b"""
pack: {id: over, version: "1.0", title: Over, covers: Some., not_covered: Others.}
questions:
  - {id: seat, ask: Which seat to $destination?, type: choice, choices: {a: A, b: B}, default: a}
  - {id: miles, ask: How far?, type: number, when: {any: [{seat: a}, {abroad: true}]}}
  - {id: host, ask: Who?, type: people, private: true}
checklist:
  id: overseas
  sections:
    - id: flight
      title: The flight
      phase: before
      when: {not: {miles: {at_most: 100}}}
      items:
        - id: book
          label: Book it
          do: Book seat $seat.
          level: must
          situation: late
          due: 3 weeks before departure
          deadline: 15 working days before departure
          formerly: [ticket]
          cites: [my-page/one/book]
situations:
  - {id: late, title: Late, contacts: [gate], then: [],
     steps: [{do: Wait., cites: [my-page/one/book]}]}
contacts:
  - {id: gate, name: The gate, for: [loss], tel: 020 7946 0001, people: host,
     cites: [my-page/one/book]}
withdrawn:
  - {value: 020 7946 0002, reason: Old., cites: [my-page/one/book]}
guidance:
  - id: my-page
    title: My page
    publisher: Me
    expires: 2030-01-31
    ask: gate
    sections:
      - id: one
        title: One
        statements: [{id: book, kind: duty, fingerprint: "0123456789abcdef"}]
also_cites:
  - {id: overseas.of-interest, cites: [my-page/one/book]}
  - {id: technology-service-desk, cites: [my-page/one/book]}
drop: [overseas.careful-in-transit]
"""


def readers() -> dict[str, Reader]:
    """Return the readers, each with real files to mutate."""
    bottom = bundled_folder()
    bundled = parse.parse_pack("checklists", read_files(bottom, bottom))
    packs = load.load()
    lisbon = (ROOT / "examples/lisbon.yaml").read_bytes()
    overlay = (ROOT / "examples/agency/boats.yaml").read_bytes()
    lines = (ROOT / "examples/starters.jsonl").read_bytes().splitlines()
    entries = [part for _, data in read_files(bottom, bottom) for part in _parts(data)]
    answers_json = json.dumps(yaml.parse(lisbon, "lisbon"), indent=1).encode()
    report, decided = _samples(packs, lisbon)
    documents = [
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CHANGELOG.md")
    ]
    sections = [part.encode() for text in documents for part in text.split("\n## ")]
    starters = StarterReader(packs, "b.jsonl", ["abroad=true"], defaults=True, today=TODAY)
    place = Place(starters.file, 1, 1)
    judge = Judge(packs, TODAY)
    return {
        "pack file": Reader(30, [*entries, overlay], _read_pack_file),
        "whole pack": Reader(
            8, [OVERLAY] * 8 + [overlay] * 8 + entries, lambda data: _read_packs(bundled, data)
        ),
        "answers": Reader(20, [lisbon, answers_json], lambda data: _read_answers(packs, data)),
        "batch line": Reader(10, lines, lambda data: jsonl.read(data, place, starters)),
        "guidance index": Reader(8, [PAGE.encode(), *sections], _read_page),
        "guidance diff": Reader(4, [PAGE.encode()], _compare_pages),
        "report": Reader(10, report, read.parse_report),
        "review": Reader(2, report, lambda data: judge.judge("r.json", read.parse_report(data))),
        "decision": Reader(8, [decided], decision.parse_decision),
    }


def _parts(data: bytes) -> Iterator[bytes]:
    """Cut a pack file into valid smaller files, which are faster to read."""
    head, piece = "", ""
    for line in data.decode().splitlines(keepends=True):
        begins = line.startswith("  - ") and piece.count("\n") > 20
        if not line.startswith((" ", "#", "\n")) or begins:
            if piece:
                yield f"{head}{piece}".encode()
            head, piece = (head, line) if begins else (line, "")
        elif head:
            piece += line
    yield f"{head}{piece}".encode()


def _samples(packs: Pack, lisbon: bytes) -> tuple[list[bytes], bytes]:
    """Return reports, as JSON and as a page that carries one, and a decision."""
    reader = AnswersReader(packs)
    reader.read_file(lisbon, "lisbon")
    facts = Facts(packs, reader.answers.facts, TODAY)
    made = build.build(
        facts, reader.answers.statuses, how=reader.answers.how, created=NOW, trip_id="7" * 32
    )
    rendered = report_json.render(made)
    short = json.loads(rendered)
    short["items"] = short["items"][:4]
    page = f"<!doctype html><title>R</title><p>R</p>{embedded_json.embed(made)}".encode()
    received = read.parse_report(rendered)
    judge = Judge(packs, TODAY)
    decided = decision.make_decision(
        "approved",
        received,
        judge,
        by="Jo Day",
        comment="Have a good trip.",
        at=NOW,
        reviewed=judge.judge("r.json", received),
    )
    texts = [json.dumps(short, indent=2).encode(), json.dumps(short).encode()]
    return [rendered, *texts * 2, page], decision.decision_json(decided)


def _read_pack_file(data: bytes) -> object:
    problems = parse.parse_pack("pack", [("pack/pack.yaml", INFO), ("pack/a.yaml", data)]).problems
    if problems:
        raise InputError(problems)
    return None


def _read_packs(bundled: parse.ParsedPack, data: bytes) -> object:
    """Read a file as an overlay of the bundled pack, even if it has faults."""
    over = parse.parse_pack("over", [("over/a.yaml", data)])
    merged = overlays.merge([bundled, over])
    pack, faults = references.resolve(merged, ())
    problems = [*over.problems, *merged.problems, *faults]
    if problems:
        raise InputError(problems)
    return over.digest(), Facts(pack, {}, TODAY)


def _read_answers(packs: Pack, data: bytes) -> object:
    reader = AnswersReader(packs)
    reader.read_file(data, "answers.yaml")
    if len(data) < 1000:
        # Options can hold bytes that are no characters.
        reader.read_settings(data.decode(errors="surrogateescape").split("\n"))
    return reader.finish(Facts(packs, reader.answers.facts, TODAY))


def _text(data: bytes) -> str:
    """Decode a page as the command does, but at most half the lines that it takes.

    The longest pages take 1.4 seconds, and on a busy machine more than the limit here.
    """
    text = data[:MAX_PAGE_BYTES].decode("utf-8-sig", errors="replace")
    return "".join(text.splitlines(keepends=True)[: MAX_LINES // 2])


def _read_page(data: bytes) -> object:
    return index_file.index(index(_text(data)))


def _compare_pages(data: bytes) -> object:
    """Compare a page with the index of the one it was made from; the new index must load."""
    old = index(PAGE)
    filled = index_file.index(old).replace("publisher:  # fill in", "publisher: P")
    stored = parse.parse_pack("pack", [("a.yaml", filled.encode())]).lists["guidance"][0].value
    revision = revise(stored, index(_text(data)), words_of(stored, old))
    text = index_file.updated_file(revision)
    if len(data) > 50_000:
        # Reading it again would take half the time of the case.
        return revision
    read_again = parse.parse_pack("pack", [("a.yaml", text.encode())])
    assert [one.value for one in read_again.lists["guidance"]] == [revision.index], (
        "the new index does not load"
    )
    return revision


# Mutations

HOSTILE = (
    *(
        b"\x00",
        b"\xff",
        b"\xfe\xff",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xef\xbb\xbf",
    ),
    *(
        b"\x1b[31m",
        b"\r",
        b"\r\n",
        b"\t",
        b"\x85",
        b"\xe2\x80\xa8",
        b"\xe2\x80\xae",
        b"\xf0\x9f\x98\x80",
    ),
    *(
        b"&a ",
        b"*a",
        b"!!python/object:os.system ",
        b"! ",
        b"<<: ",
        b"%YAML 1.1\n",
        b"---\n",
        b"...\n",
    ),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b": ",
        b"? ",
        b"- ",
        b"|\n",
        b">\n",
        b"'",
        b'"',
        b"#",
        b"@",
        b"`",
        b"\\",
    ),
    *(
        b'"\\ud800"',
        b'"\\ud83d\\ude00"',
        b'"\\u0000"',
        b'"\\x41"',
        b"\\",
        b"\\U0010ffff",
        b"//",
        b",",
    ),
    *(b"null", b"~", b"Null", b"true", b"NO", b"0", b"-1", b"1e999", b"NaN", b"-Infinity", b".inf"),
    *(b"99999999999999999999999999", b"0.1", b"0x10", b"2026-02-30", b"9999-12-31", b"0001-01-01"),
    *(
        b"$",
        b"$$",
        b"${",
        b"$nights",
        b"${abroad}",
        b"$days_to_departure",
        b"{any: []}",
        b"{not: {}}",
    ),
    *(
        b"{at_least: 5, at_most: 1}",
        b"{any: [{all: [{not: {abroad: true}}]}]}",
        b"override: true\n",
    ),
    *(
        b"drop: [devices]\n",
        b"also_cites: [{id: devices, cites: [my-page/one/book]}]\n",
        b"999 working days before departure",
        b"on return",
        b"[]",
        b"{}",
        b'""',
    ),
    *(
        b"<script>",
        b"</script>",
        b"<!--",
        b"-->",
        b"<b>",
        b"&amp;",
        b"&#0;",
        b"**",
        b"__",
        b"](",
        b"![",
    ),
    *(
        b"```\n",
        b"> ",
        b"1. ",
        b"    ",
        b"|-|\n",
        b"===\n",
        b"# ",
        b"[a]: b\n",
        b"<a@b.c>",
        b"http://",
    ),
    *(
        b'"schema":',
        b'"digest": ""',
        b'{"a": 1, "a": 2}',
        b"\n\n",
        b" ",
        b"'''",
        b"=",
        b"\x1c",
        b"\x7f",
    ),
)


BRACKETS = (
    *((b"[", b"]"), (b"{a: ", b"}"), (b'{"a":', b"}"), (b"{not: ", b"}"), (b"{any: [", b"]}")),
    *((b"- ", b""), (b"> ", b""), (b"*", b"*"), (b"<b>", b"</b>"), (b"(", b")")),
)


def mutate(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the data with one to four changes."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        data = chance.choice(_WAYS)(data, others, chance)
    if chance.random() < 0.004:
        data = _repeat(data, chance)
    return data


def _flip(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    byte = bytes([data[at] ^ 1 << chance.randrange(8)]) if at < len(data) else b"\n"
    return data[:at] + byte + data[at + 1 :]


def _delete(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    return data[:start] + data[end:]


def _duplicate(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 20)) + data[end:]


def _insert(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(HOSTILE) + data[at:]


def _splice(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    start, end = _range(data, chance)
    other = chance.choice(others)
    first, last = _range(other, chance)
    return data[:start] + other[first:last] + data[end:]


def _swap_lines(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    return b"\n".join(lines)


def _indent(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    start = chance.randrange(len(lines))
    end = start + chance.choice((1, 1, 2, 5, len(lines)))
    by = chance.choice((b"  ", b" ", b"    ", b"\t", b"- ", b"> ", b""))
    lines[start:end] = [by + line if by else line.lstrip() for line in lines[start:end]]
    return b"\n".join(lines)


def _swap_values(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    return _with_pairs(data, chance, lambda a, b: ((a[0], b[1]), (b[0], a[1])))


def _swap_keys(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    return _with_pairs(data, chance, lambda a, b: ((b[0], a[1]), (a[0], b[1])))


def _copy_key(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    return _with_pairs(data, chance, lambda a, b: ((b[0], a[1]), b))


def _set_value(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    value = chance.choice((*HOSTILE, *chance.choice(others).split(b" ")[:50]))
    return _with_pairs(data, chance, lambda a, b: ((a[0], value), b))


def _nest(data: bytes, _others: Sequence[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    count = chance.choice((3, 10, 18, 19, 20, 21, 100, 2000))
    opening, closing = chance.choice(BRACKETS)
    return data[:at] + opening * count + b"a" + closing * count + data[at:]


Pair = tuple[bytes, bytes]


def _with_pairs(
    data: bytes, chance: random.Random, change: Callable[[Pair, Pair], tuple[Pair, Pair]]
) -> bytes:
    """Change two of the lines that read `key: value`."""
    lines = data.split(b"\n")
    pairs = [number for number, line in enumerate(lines) if b":" in line]
    if not pairs:
        return data
    i, j = chance.choice(pairs), chance.choice(pairs)
    (a, colon, x), (b, _, y) = lines[i].partition(b":"), lines[j].partition(b":")
    one, other = change((a, x), (b, y))
    lines[j] = b"".join((other[0], colon, other[1]))
    lines[i] = b"".join((one[0], colon, one[1]))
    return b"\n".join(lines)


def _repeat(data: bytes, chance: random.Random) -> bytes:
    """Repeat a part of the data until it is large, or insert many numbered names."""
    start, end = _range(data, chance)
    part = data[start:end] or b"a"
    size = chance.choice((10_000, 100_000, 100_000, 1_000_000))
    count = size // len(part) + 1
    if chance.random() < 0.3:
        numbered = chance.choice(
            (b"k#: v\n", b"  k#: v\n", b"- {k#: v}\n", b"  - {id: k#}\n", b"k# ")
        )
        return (
            data[:end]
            + b"".join(numbered.replace(b"#", b"%d" % number) for number in range(size // 10))
            + data[end:]
        )
    return data[:start] + part * count + data[end:]


def _range(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    length = chance.choice((1, 1, 3, 10, 30, 100, len(data)))
    if chance.random() < 0.4:
        # Whole lines.
        start = data.rfind(b"\n", 0, start) + 1
        end = data.find(b"\n", min(start + length, len(data)))
        return start, len(data) if end < 0 else end + 1
    return start, min(start + length, len(data))


_WAYS = (
    *(_flip, _delete, _duplicate, _insert, _insert, _splice, _swap_lines, _indent),
    *(_swap_values, _swap_keys, _copy_key, _set_value, _set_value, _nest),
)


# Running


@dataclass
class Outcome:
    """The outcome of some cases. `slowest` is seconds, reader and case; memory is in bytes."""

    cases: Counter[str] = field(default_factory=Counter)
    results: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str, int] = (0.0, "", -1)
    memory: int = 0
    failures: list[tuple[int, str, str]] = field(default_factory=list)

    def take(self, other: Outcome) -> None:
        """Add the outcome of other cases."""
        self.cases += other.cases
        self.results += other.results
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)
        self.failures += other.failures


def make_case(known: Mapping[str, Reader], seed: int, number: int) -> tuple[str, bytes]:
    """Return the name of a case's reader, and the data for it."""
    chance = random.Random(f"{seed}:{number}")
    names = list(known)
    name = chance.choices(names, [known[one].share for one in names])[0]
    others = known[chance.choice(names)].seeds if chance.random() < 0.1 else known[name].seeds
    return name, mutate(chance.choice(known[name].seeds), others, chance)


def run_case(known: Mapping[str, Reader], seed: int, number: int, outcome: Outcome) -> None:
    """Run one case in this process, whose limits are set, and add its outcome."""
    name, data = make_case(known, seed, number)
    outcome.cases[name] += 1
    began = time.process_time()
    failure = ""
    try:
        signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
        try:
            known[name].read(data)
            outcome.results[name] += 1
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    except UserError as error:
        str(error)
    except TooSlowError:
        failure = f"more than {MAX_SECONDS} seconds\n{_where()}"
    except MemoryError:
        failure = f"more than {MAX_MEMORY // 1024**2} MB\n{_where()}"
    except BaseException:
        failure = traceback.format_exc()
    if failure:
        outcome.failures.append((number, name, failure))
    outcome.slowest = max(outcome.slowest, (time.process_time() - began, name, number))


def _where() -> str:
    return "".join(traceback.format_exc().splitlines(keepends=True)[-8:])


def _stop(_number: int, _frame: object) -> None:
    raise TooSlowError


def _bound() -> int:
    """Set the limits of this process; return its memory so far."""
    signal.signal(signal.SIGPROF, _stop)
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0])
    resource.setrlimit(
        resource.RLIMIT_AS, (pages * resource.getpagesize() + MAX_MEMORY, resource.RLIM_INFINITY)
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return _peak()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _work(
    known: Mapping[str, Reader], seed: int, numbers: Sequence[int], at: Any, pipe: Any
) -> None:
    """Run cases in this process; `at` tells the parent which one is running, and since when."""
    before = _bound()
    outcome = Outcome()
    for position, number in enumerate(numbers):
        at[0], at[1] = position, time.monotonic()
        run_case(known, seed, number, outcome)
        if position % 500 == 499 or outcome.failures:
            outcome.memory = _peak() - before
            pipe.send(outcome)
            outcome = Outcome()
    at[0] = len(numbers)
    outcome.memory = _peak() - before
    pipe.send(outcome)


class _Worker:
    """A process that runs its share of the cases; after a death, a new one does the rest."""

    def __init__(self, known: Mapping[str, Reader], seed: int, numbers: Sequence[int]) -> None:
        self.known, self.seed, self.numbers = known, seed, numbers
        self.outcome = Outcome()
        self._start()

    def _start(self) -> None:
        # A fork shares the seeds and the packs, which are in memory already.
        fork = multiprocessing.get_context("fork")
        self.at = fork.Array("d", [0.0, time.monotonic()], lock=False)
        self.pipe, end = fork.Pipe(duplex=False)
        arguments = (self.known, self.seed, self.numbers, self.at, end)
        self.process = fork.Process(target=_work, args=arguments)
        self.process.start()
        end.close()

    def poll(self) -> bool:
        """Take the outcomes that are there; return whether more will come."""
        try:
            while self.pipe.poll(0.2):
                self.outcome.take(self.pipe.recv())
        except EOFError:
            self.process.join()
            return self._goes_on(f"the process died ({self.process.exitcode})")
        if time.monotonic() - self.at[1] > MAX_WAIT and self.process.is_alive():
            self.process.kill()
            self.process.join()
            return self._goes_on(f"more than {MAX_WAIT} seconds, and nothing could stop it")
        return True

    def _goes_on(self, why: str) -> bool:
        position = int(self.at[0])
        if position >= len(self.numbers):
            return False
        number = self.numbers[position]
        self.outcome.failures.append((number, make_case(self.known, self.seed, number)[0], why))
        self.numbers = self.numbers[position + 1 :]
        if not self.numbers:
            return False
        self._start()
        return True


def fuzz(
    numbers: Iterable[int], seed: int, workers: int, known: Mapping[str, Reader] | None = None
) -> Outcome:
    """Run the cases of these numbers; return their outcome."""
    known = known or readers()
    wanted = list(numbers)
    running = [_Worker(known, seed, share) for n in range(workers) if (share := wanted[n::workers])]
    total = Outcome()
    while running:
        for worker in list(running):
            if not worker.poll():
                total.take(worker.outcome)
                running.remove(worker)
    total.failures.sort()
    return total


def show(outcome: Outcome, seed: int, seconds: float) -> Iterator[str]:
    """Yield the lines that report a run."""
    total = sum(outcome.cases.values())
    yield f"seed {seed}: {total} cases in {seconds:.0f} s"
    for name, count in sorted(outcome.cases.items()):
        yield f"  {name}: {count} cases, {outcome.results[name]} with a result"
    slowest, name, number = outcome.slowest
    yield f"slowest: {slowest:.2f} s ({name}, case {number})"
    yield f"most memory: {outcome.memory / 1024**2:.0f} MB more than at the start"
    for number, name, why in outcome.failures:
        yield f"\nFAILED: {name}, case {number} (repeat: --seed {seed} --case {number})\n{why}"
    yield f"{len(outcome.failures)} failures"


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cases", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--case", type=int, help="repeat this one, and write what it reads")
    given = parser.parse_args()
    began = time.monotonic()
    known = readers()
    numbers = range(given.cases)
    if given.case is not None:
        numbers = range(given.case, given.case + 1)
        sys.stdout.write(f"{make_case(known, given.seed, given.case)!r}\n"[:20_000])
    outcome = fuzz(numbers, given.seed, max(given.workers, 1), known)
    print("\n".join(show(outcome, given.seed, time.monotonic() - began)))
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
