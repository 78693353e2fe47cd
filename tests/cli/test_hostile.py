"""Whatever a stranger sends has no effect but to be shown: on no screen, in no page or sheet."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import msgspec
import pyte
import pytest
from python_calamine import CalamineWorkbook

from tests import browser as chromium
from tests.cli.command import Bytes, run_for_bytes
from tests.hostile import ATTACKS
from tests.junit import read as read_junit
from tests.report import samples
from tests.review.reports import as_json, as_page, judge, put, sealed
from tests.terminal import Terminal
from tests.test_safe_text import begins_formula
from travelsec.formats import REPORT_FORMATS, REVIEW_FORMATS
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.report.embedded_json import CLOSING, OPENING
from travelsec.report.model import PackRef, Report, Warning
from travelsec.report.read import parse_report
from travelsec.review import decision
from travelsec.trip.answers import item_names
from travelsec.trip.statuses import Status, StatusWord

# Its files are made to do harm.
pytestmark = pytest.mark.crash

browser, page = chromium.browser, chromium.page

TODAY = ("--today", "2026-11-24")
HARMLESS = "harmless"
TEXT_FORMATS = [name for name in REPORT_FORMATS.names if not REPORT_FORMATS.find(name).binary]


def run(*arguments: str | bytes, folder: Path, stdin: bytes = b"") -> Bytes:
    """Run travelsec in a folder; arguments may be any bytes."""
    given = map(os.fsdecode, arguments)
    done = run_for_bytes(*given, folder=folder, stdin=stdin, SOURCE_DATE_EPOCH="1795683600")
    assert b"Traceback" not in done.err
    assert done.code in (0, 1, 2), done.err
    return done


MUCH = 20_000
"""Characters that are shown to the emulator, which is slow."""
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def assert_no_effect(data: bytes, *, crlf: bool = False) -> None:
    """Check that a terminal shows the bytes as text: nothing hidden, nothing changed by them."""
    text = data.decode()
    if crlf:
        assert text.count("\r") == text.count("\r\n")
        text = text.replace("\r\n", "\n")
    hidden = {one for one in text if one != "\n" and unicodedata.category(one) in HIDDEN}
    assert hidden == set()
    screen, fresh = pyte.Screen(120, 40), pyte.Screen(120, 40)
    # The one new-line mode is that of the line discipline, which makes CR LF of a line feed.
    pyte.Stream(screen).feed(text[:MUCH].replace("\n", "\r\n"))
    assert (screen.title, screen.icon_name) == ("", "")
    assert screen.mode == fresh.mode
    assert screen.margins == fresh.margins
    assert (screen.charset, screen.g0_charset) == (fresh.charset, fresh.g0_charset)
    assert screen.cursor.attrs == fresh.cursor.attrs
    assert screen.cursor.hidden == fresh.cursor.hidden
    assert screen.tabstops == fresh.tabstops
    plain = {cell._replace(data=" ") for row in screen.buffer.values() for cell in row.values()}
    assert plain <= {screen.default_char}


@pytest.fixture(scope="module")
def bundled() -> Pack:
    """Load the bundled pack once."""
    return load()


def as_fact(text: str) -> str:
    """Return as much of a text as an answer can hold: one short line."""
    return " ".join(text.split())[:200].strip()


def hostile(pack: Pack, text: str, trip: str) -> Report:
    """Return a report with the text wherever a stranger can put one, and its digest in order.

    Anywhere else, the report is not read: see tests/review/doctored.
    """
    text = text.encode(errors="replace").decode()[:1000] or "x"
    fact = as_fact(text)
    words: tuple[StatusWord, ...] = ("done", "todo", "not-applicable", "declined")
    statuses = {
        name: Status(word, reason=f"{text[:999]}.", note=text, how="script")
        for name, word in zip(item_names(pack).values(), itertools.cycle(words), strict=False)
    }
    given = {"abroad": "yes", "devices": "laptop", "departs": "2026-12-01", "returns": "2026-12-05"}
    made = samples.make(pack, given, statuses, trip_id=samples.hex_id(trip))
    items = [put(one, label=text, do=text, why=text) for one in made.items[:10]]
    items += [put(one, id=f"x.y{number}") for number, one in enumerate(items[:4])]
    facts: dict[str, Any] = {"traveller": fact, "destination": fact, "other": fact}
    return sealed(
        put(
            made,
            packs=(*made.packs, PackRef("other", f"{text}.", "0" * 64)),
            titles=dict.fromkeys(made.titles, text),
            trip=put(
                made.trip,
                name=fact,
                facts=made.trip.facts | facts,
                answers=tuple(put(one, ask=text, answer=text) for one in made.trip.answers),
            ),
            items=tuple(items),
            readiness=put(made.readiness, not_covered=(f"{text}.",), open=("x.y1",)),
            on_call=tuple(
                put(one, title=text, steps=(text,), contacts=(text,)) for one in made.on_call
            ),
            warnings=(Warning("a", text),),
        )
    )


def decided(pack: Pack, report: Report, text: str) -> bytes:
    """Return a decision on the report with the text wherever it can be."""
    received, judging = parse_report(as_json(report)), judge(pack)
    text = text[:999]
    name = " ".join(f"{text}.".splitlines())
    made = decision.make_decision(
        "approved",
        received,
        judging,
        by=name,
        comment=text,
        at=samples.CREATED,
        reviewed=judging.judge("r.json", received),
    )
    packs = (PackRef("other", f"{text}.", "0" * 64),)
    return msgspec.json.encode(put(made, musts=(), packs=packs))


NAMES = (
    b"\x1b[31m\x1b]0;title\x07.json",
    b"a\nb\rc\td.json",
    b"\xff\xfe\x9b2J.json",
    "\u202egpj.\u200b\x9b2J.json".encode(),
    b"=1+1.json",
    b"<script>top.y=1.json",
    b"[link=http:evil]x.json",
    b"-f.json",
    b"CON.json",
)
"""Names of files in a folder; the reports in them are harmless."""


@pytest.fixture(scope="module")
def inbox(bundled: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of reports, each with another attack in all of its texts and its decision."""
    folder = tmp_path_factory.mktemp("inbox")
    for number, text in enumerate(ATTACKS):
        report = hostile(bundled, text, f"{number}{text}".encode(errors="replace").decode())
        name = f"{number}.html" if number % 2 else f"{number}.json"
        data = as_page(report) if number % 2 else as_json(report)
        (folder / name).write_bytes(data)
        (folder / f"{name}.decision.json").write_bytes(decided(bundled, report, text))
    (folder / "all.json").write_bytes(as_json(hostile(bundled, "".join(ATTACKS), "all")))
    for number, raw in enumerate(NAMES):
        report = hostile(bundled, HARMLESS, f"name {number}")
        path = os.path.join(os.fsencode(folder), raw)  # noqa: PTH118 – a Path takes no bytes
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(as_json(report))
        with open(path + b".decision.json", "wb") as file:  # noqa: PTH123
            file.write(b"{")
    return folder


NUMBER = len(ATTACKS) + 1 + len(NAMES)


@pytest.fixture(scope="module")
def reviews(inbox: Path) -> dict[str, Bytes]:
    """Review the folder once in every format."""
    return {
        name: run("review", ".", *TODAY, "--limit", "99", "--format", name, folder=inbox)
        for name in REVIEW_FORMATS.names
    }


@pytest.mark.parametrize("name", REVIEW_FORMATS.names)
def test_a_review_shows_hostile_texts_as_text(reviews: dict[str, Bytes], name: str) -> None:
    """Every report is there, and neither screen nor machine is led astray."""
    done = reviews[name]
    assert_no_effect(done.err)
    assert done.err == b""
    assert done.code == 1
    if name == "xlsx":
        book = CalamineWorkbook.from_filelike(io.BytesIO(done.out))
        table = book.get_sheet_by_index(0).to_python()
        assert len(table) == NUMBER + 1
        assert_no_effect("\n".join(map(str, itertools.chain(*table))).encode())
        return
    assert_no_effect(done.out, crlf=name == "csv")
    text = done.out.decode()
    if name == "json":
        assert len(json.loads(text)["reports"]) == NUMBER
    elif name == "jsonl":
        rows = [json.loads(line) for line in text.splitlines()]
        assert len(rows) == NUMBER
        expected = {as_fact(text.encode(errors="replace").decode()) for text in ATTACKS}
        assert expected <= {row["traveller"] for row in rows}
        assert all(row["decision"] for row in rows if row["path"][0].isdigit())
    elif name == "csv":
        assert len(list(csv.reader(io.StringIO(text, newline="")))) == NUMBER + 1
    elif name == "junit":
        assert [len(cases) for cases in read_junit(text).values()] == [NUMBER]
    else:
        assert " ".join(text.split()).count("DOES NOT HOLD") == NUMBER


def test_no_formula_survives_in_csv(reviews: dict[str, Bytes], inbox: Path) -> None:
    """Neither in a review nor in a report, whether commas or semicolons part the cells."""
    texts = [reviews["csv"].out.decode()]
    for number, attack in enumerate(ATTACKS):
        if attack.strip()[0] in "=+-@＝":
            name = f"{number}.html" if number % 2 else f"{number}.json"
            done = run("export", name, "--format", "csv", folder=inbox)
            assert done.code == 0, done.err
            assert_no_effect(done.out, crlf=True)
            texts.append(done.out.decode())
    assert len(texts) > 5
    for text in texts:
        for separator in ",;":
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                # Where commas part the cells, a quoted one can hold the end of a row for who
                # reads it with semicolons: what follows that begins no cell.
                assert not [one for one in row if begins_formula(one.lstrip())]


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_an_export_shows_hostile_texts_as_text(inbox: Path, name: str) -> None:
    """In every format that is text, all attacks at once."""
    done = run("export", "all.json", "--format", name, folder=inbox)
    assert (done.code, done.err) == (0, b"")
    assert_no_effect(done.out, crlf=name in ("csv", "ics", "eml"))
    assert len(done.out) > 10_000


def test_a_report_is_shown_whole_as_text(inbox: Path) -> None:
    """Also in a real terminal, where colours are the program's own."""
    done = run("review", "all.json", "--show", *TODAY, folder=inbox)
    assert (done.code, done.err.startswith(b"Next: ask the traveller")) == (1, True)
    assert_no_effect(done.out + done.err)
    terminal = Terminal("review", ".", *TODAY, folder=inbox, columns=100)
    assert terminal.finish() == 1
    own = r"\x1b\[[0-9;]*m|\x1b\[\?25[lh]|\x1b\[2K|\x1b\[1A|\r"
    rest = re.sub(own, "", terminal.raw.decode()).replace("\n", "")
    assert not {unicodedata.category(one) for one in rest} & HIDDEN
    assert "<U+001B>[31mred" in rest


def test_a_calendar_keeps_its_shape(inbox: Path, bundled: Pack, tmp_path: Path) -> None:
    """No attack adds an event, a property or an attachment."""
    made = []
    for text in (HARMLESS, "".join(ATTACKS)):
        (tmp_path / "r.json").write_bytes(as_json(hostile(bundled, text, "all")))
        done = run("export", "r.json", "--format", "ics", folder=tmp_path)
        unfolded = done.out.decode().replace("\r\n ", "")
        made.append([line.partition(":")[0].partition(";")[0] for line in unfolded.split("\r\n")])
    assert made[0] == made[1]
    assert "VEVENT" not in made[0]
    assert made[0].count("BEGIN") > 5
    assert inbox.is_dir()


STRUCTURES = """pages => pages.map(text => [
  ...new DOMParser().parseFromString(text, 'text/html').querySelectorAll('*')
].map(e => [e.tagName, ...e.getAttributeNames()].join(' ')).join(', '))"""


@pytest.mark.slow
def test_no_script_runs_in_a_browser(
    page: Any, inbox: Path, bundled: Pack, reviews: dict[str, Bytes]
) -> None:
    """Pages of reports and of a review have the elements of harmless ones, and nothing runs."""
    texts = (HARMLESS, *ATTACKS, "".join(ATTACKS))
    pages = [as_page(hostile(bundled, text, "x")).decode() for text in texts]
    pages.append(run("export", "all.json", "--format", "html", folder=inbox).out.decode())
    harmless, *others = page.evaluate(STRUCTURES, pages)
    assert harmless.count("SCRIPT") == 1
    assert [number for number, other in enumerate(others) if other != harmless] == []
    said: list[str] = []
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("console", lambda message: said.append(message.text))
    page.set_content(pages[-1])
    assert page.evaluate("window.y === undefined")
    page.set_content(reviews["html"].out.decode())
    assert page.evaluate("window.y === undefined")
    assert page.locator("script, img, svg, iframe, object, embed, [onload], [onerror]").count() == 0
    links = page.locator("a[href]:not([href^='#'])")
    addresses = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    names = {os.fsencode(path.name) for path in inbox.iterdir()}
    assert set(map(unquote_to_bytes, addresses)) == {
        name for name in names if not name.endswith(b".decision.json")
    }
    assert all(re.fullmatch(r"[A-Za-z0-9%._~-]+", one) for one in addresses)
    assert "<script>top.y=1" in page.inner_text("main")
    assert said == []


# What is no report


@pytest.fixture(scope="module")
def garbage(bundled: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of what cannot be read, and of what can though it is strange."""
    if sys.platform == "win32":
        pytest.skip("pipes, and names with control characters, are POSIX's")
    folder = tmp_path_factory.mktemp("garbage")
    honest = samples.make(
        bundled, {"abroad": "yes", "devices": "laptop"}, {}, trip_id=samples.hex_id("honest")
    )
    good, good_page = as_json(honest), as_page(honest)
    fact = b'"facts": {'
    assert good.count(fact) == 1
    items = good.index(b'"items": [') + len(b'"items": [')
    item = msgspec.json.encode(honest.items[0])
    block = good_page[good_page.index(OPENING.encode()) :]
    block = block[: block.index(CLOSING.encode()) + len(CLOSING)]
    files = {
        "nan.json": good.replace(fact, fact + b'"x": NaN, '),
        "float.json": good.replace(fact, fact + b'"x": 1e400, '),
        "digits.json": good.replace(fact, fact + b'"x": ' + b"9" * 100_000 + b", "),
        "deep.json": good.replace(fact, fact + b'"x": ' + b"[" * 1_000_000),
        "deeper.json": b'{"a":' * 500_000,
        "not-utf8.json": good.replace(b"laptop", b"\xff\xfe\x80"),
        "surrogate.json": good.replace(b"laptop", b"\\ud800"),
        "utf16.json": good.decode().encode("utf-16"),
        "utf32.html": good_page.decode().encode("utf-32"),
        "empty.json": b"",
        "empty.html": b"",
        "null.json": b"null",
        "zeros.json": b"\0" * 1000,
        "two.html": good_page.replace(block, block + block),
        "upper.html": good_page.replace(b"</body>", b"<SCRIPT>top.y=1</SCRIPT></body>"),
        "comment.html": good_page.replace(b"</body>", b"<!-- " + block + b" --></body>"),
        "attribute.html": good_page.replace(b"<body", b'<body title="<script" '),
        "none.html": good_page.replace(block, b""),
        "million.json": good[:items] + (item + b",") * 1_000_000 + good[items:],
        "large.json": good.replace(fact, fact + b'"x": "' + b"x" * 5_000_000 + b'", '),
        "unknown\x1b[31m.json": good.replace(b'"id"', b'"\\u001b[31m\xe2\x80\xae"', 1),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    strange = {
        "number.json": good.replace(fact, fact + b'"device_count": 1' + b"0" * 400 + b", "),
        "megabyte.json": good.replace(fact, fact + b'"traveller": "' + b"x" * 3_500_000 + b'", '),
        # Patterns that look for a number at the end must not try each space of these.
        "spaces.json": good.replace(
            fact, fact + b'"line_manager": "A' + b" " * 3_000_000 + b'x", '
        ),
        "manager.json": good.replace(
            fact, fact + b'"line_manager": "A, ' + b"1 " * 1_500_000 + b'x", '
        ),
        "cites.json": good.replace(b'"cites": [', b'"cites": [' + b'"",' * 1_000_000, 1),
        "ok-items.json": good[:items] + (item + b",") * 6_000 + good[items:],
        "ok-edited.json": good,
    }
    for name, data in strange.items():
        (folder / name).write_bytes(
            data.replace(honest.trip.id.encode(), samples.hex_id(name).encode())
        )
    honest_too = as_json(sealed(put(honest, trip=put(honest.trip, id=samples.hex_id("good")))))
    (folder / "ok-good.json").write_bytes(b"\xef\xbb\xbf" + honest_too)
    (folder / "link.json").symlink_to(folder / "ok-good.json")
    (folder / "up.html").symlink_to("../../../../../../etc/passwd")
    os.mkfifo(folder / "pipe.json")
    with (folder / "huge.json").open("wb") as huge:
        huge.truncate(2**40)
    (folder / ("long" * 62 + ".json")).write_bytes(good.replace(honest.trip.id.encode(), b"1" * 32))
    return folder


REASONS = {
    "link.json": "a symbolic link",
    "up.html": "a symbolic link",
    "pipe.json": "not an ordinary file",
    "huge.json": "larger than 4 MiB",
    "million.json": "larger than 4 MiB",
    "large.json": "larger than 4 MiB",
    "two.html": "more than one data block",
    "upper.html": "more than one data block, or a script",
    "comment.html": "more than one data block",
    "attribute.html": "more than one data block, or a script",
    "none.html": "holds no travelsec report",
}


@pytest.mark.slow
def test_what_cannot_be_read_has_its_reason(garbage: Path) -> None:
    """And stops nothing: what can be read is judged."""
    before = sorted(garbage.iterdir())
    done = run("review", ".", *TODAY, "--format", "jsonl", folder=garbage)
    assert (done.code, done.err) == (2, b"")
    assert_no_effect(done.out)
    rows = {Path(row["path"]).name: row for row in map(json.loads, done.out.splitlines())}
    assert sorted(rows) == sorted(path.name for path in before)
    for name, row in rows.items():
        if name.startswith(("ok-", "long")):
            assert (row["unread"], row["verdict"]) == ("", "not-ready"), name
        else:
            assert REASONS.get(name, "this is not a travelsec report: ") in row["unread"], name
    holds = {name for name, row in rows.items() if row["holds"]}
    assert holds == {"ok-good.json"}
    assert sorted(garbage.iterdir()) == before
    table = run("review", ".", *TODAY, folder=garbage)
    assert (table.code, table.err) == (2, b"")
    assert_no_effect(table.out)
    assert len(table.out) < 100_000


@pytest.mark.slow
def test_one_hostile_file_is_refused_by_every_command(garbage: Path) -> None:
    """Exit code 2 and one line, whichever command reads it."""
    name = "unknown\x1b[31m.json"
    for arguments in (
        ("export", name, "--format", "txt"),
        ("debrief", name, "--no-input"),
        ("review", name, "--show"),
        ("review", name, "--approve", "--by", "Jo"),
    ):
        done = run(*arguments, folder=garbage)
        assert (done.code, done.out) == (2, b""), arguments
        assert_no_effect(done.err)
        assert b"this is not a travelsec report" in done.err
        assert done.err.count(b"\n") == 1
    assert not list(garbage.glob("*.decision.json"))


def test_a_hostile_name_does_nothing_when_it_is_decided_on(inbox: Path, tmp_path: Path) -> None:
    """The decision is next to it, its name is shown as text."""
    for number, name in enumerate(NAMES):
        if name.startswith(b"-"):
            continue
        data = (inbox / "0.json").read_bytes()
        folder = tmp_path / str(number)
        folder.mkdir()
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(data)
        if number < 3:
            done = run("review", name, "--return", "--by", "\u202eJo", *TODAY, folder=folder)
            assert done.code == 0, done.err
            assert_no_effect(done.out)
            assert_no_effect(done.err)
            found = sorted(os.fsencode(path.name) for path in folder.iterdir())
            assert found == [name, name + b".decision.json"]


# Answers


def answers(text: str) -> bytes:
    """Return an answers file with the text as every kind of answer."""
    shown = text.encode(errors="replace").decode()
    return json.dumps(
        {
            "trip": {
                **{"abroad": True, "devices": ["laptop"], "traveller": shown[:200]},
                "destination": shown[:200],
            },
            "items": {
                "overseas.clear-files": {"status": "declined", "reason": shown, "note": shown}
            },
        }
    ).encode()


BAD_ANSWERS = (
    b"\xff\xfe",
    "trip: {}".encode("utf-16"),
    b"[" * 100_000,
    b"{" * 100_000,
    b"a: &a [*a]\n",
    b"a: !!python/object/apply:os.system [id]\n",
    b"trip: {traveller: \x1b[31mx}\n",
    b'trip: {"\\e[31m\\u202e": 1, abroad: .nan, device_count: 1' + b"0" * 400 + b"}\n",
    b"items: {overseas.clear-files: [" + b"a," * 1_000_000 + b"]}\n",
    b'{"trip": {"x": NaN}}',
    b'{"trip": {"traveller": "\\ud800"}}',
    b"x" * 5_000_000,
    b"\0",
    b"",
)


def test_answers_files_of_strangers(tmp_path: Path) -> None:
    """Bad ones are refused with a reason; in none has a text an effect, nor the file's name."""
    (tmp_path / "all.json").write_bytes(answers("".join(ATTACKS).replace("\n", " ")[:190]))
    done = run("prepare", "--answers", "all.json", "--no-input", *TODAY, folder=tmp_path)
    assert done.code in (1, 2)
    assert_no_effect(done.out)
    assert_no_effect(done.err)
    for data in BAD_ANSWERS[3:9]:
        name = "a\x1b]0;x\x07.yaml"
        (tmp_path / name).write_bytes(data)
        done = run("prepare", "--answers", name, "--no-input", folder=tmp_path)
        assert (done.code, done.out) == (2, b""), data[:40]
        assert_no_effect(done.err)
        assert done.err.startswith(b"Error: "), data[:40]
        assert len(done.err) < 20_000


def test_a_batch_of_strangers(tmp_path: Path) -> None:
    """Every line is a report of a harmless name in the folder, or has its fault."""
    lines = [answers(text.replace("\n", " ").replace("\r", " ")) for text in ATTACKS]
    lines += [data for data in BAD_ANSWERS if b"\n" not in data]
    work = tmp_path / "work"
    work.mkdir()
    (work / "b.jsonl").write_bytes(b"\n".join(lines))
    done = run("prepare", "--batch", "b.jsonl", "--output-dir", "out", *TODAY, folder=work)
    assert done.code == 2
    assert_no_effect(done.out)
    assert_no_effect(done.err)
    made = sorted(path.name for path in (work / "out").iterdir())
    assert len(made) == len(ATTACKS)
    assert all(name.removesuffix(".json").replace("-", "").isalnum() for name in made)
    assert all(name.isascii() and name == name.lower() and name[0].isdigit() for name in made)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["work"]
    assert {path.name for path in work.iterdir()} <= {"b.jsonl", "out", "data", ".cache"}
    reviewed = run("review", "out", *TODAY, "--format", "csv", folder=work)
    assert_no_effect(reviewed.out, crlf=True)
    rows = list(csv.DictReader(io.StringIO(reviewed.out.decode(), newline="")))
    assert len(rows) == len(ATTACKS)
    assert {row["holds"] for row in rows} == {"true"}


# Decisions


def test_decisions_of_strangers(tmp_path: Path) -> None:
    """What a manager wrote, or somebody else, is text to the traveller too."""
    words = "".join(text for text in ATTACKS if "\0" not in text)[:900]
    # A name with several lines is refused.
    name = " ".join(words.splitlines())
    facts = ("--set", "abroad=true", "--set", "devices=phone", "--no-input", *TODAY)
    run("prepare", "--trip", "T", *facts, "--output", "r.json", folder=tmp_path)
    made = run(
        *("review", "r.json", "--return", "--by", name[:300], "--comment", words, *TODAY),
        folder=tmp_path,
    )
    assert made.code == 0
    assert_no_effect(made.out)
    assert_no_effect(made.err)
    path = tmp_path / "r.json.decision.json"
    assert_no_effect(path.read_bytes())
    data = json.loads(path.read_bytes())
    assert data["comment"] == words.strip()
    data |= {"by": name}
    path.write_text(json.dumps(data), encoding="utf-8")
    for arguments in (
        ("prepare", "--trip", "T", "--decision", path.name, *facts),
        ("review", "r.json", *TODAY),
    ):
        done = run(*arguments, folder=tmp_path)
        assert done.code == 1
        assert_no_effect(done.out)
        assert_no_effect(done.err)
        assert b"<U+001B>[31mred" in done.out + done.err
    path.write_bytes(b'{"schema": "\\u001b[31m\xe2\x80\xae"}')
    done = run("prepare", "--trip", "T", "--decision", path.name, *facts, folder=tmp_path)
    assert done.code == 2
    assert_no_effect(done.err)


# The command line


def test_arguments_of_strangers_have_no_effect(tmp_path: Path) -> None:
    """A shell can make options of the names of files."""
    bad = "\x1b[2J\x1b]0;title\x07\u202e\x9b31m"
    for arguments in (
        (f"{bad}.json", "--format", bad),
        (f"{bad}.json", "--today", bad),
        (f"{bad}.json", "--limit", bad),
        (f"{bad}.json", "--approve", "--by", bad),
        (b"\xff\x9b2J.json", "--show"),
    ):
        done = run("review", *arguments, folder=tmp_path)
        assert (done.code, done.out) == (2, b""), arguments
        assert_no_effect(done.err)
    assert list(tmp_path.iterdir()) == []
