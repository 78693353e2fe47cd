"""`travelsec guidance`: what a revised page changes, and which entries cite it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from travelsec.guidance.fingerprints import first_form

PAGE = """\
# Bicycles at work

Check both brakes. The pump hangs by the door.

## On the road

Never:

- Leave the bicycle unlocked.
- Ride without a lamp.

## Help

Tel: 020 7946 0018
"""
PACK = """\
pack: {id: bikes, version: "1", title: Bicycles, covers: Bicycles., not_covered: Cars.}
checklist:
  id: bikes
  title: Bicycles
  sections:
    - id: ride
      title: Riding
      phase: away
      items:
        - id: lock-it
          label: Lock the bicycle
          do: Lock the bicycle.
          level: must
          cites: [bicycles-at-work/on-the-road/leave-bicycle-unlocked]
situations:
  - id: flat-tyre
    title: A tyre is flat
    steps:
      - {do: Get the pump., cites: [bicycles-at-work/bicycles-at-work/pump-hangs-door]}
contacts:
  - id: bike-desk
    name: The bicycle desk
    for: [bicycles]
    tel: 020 7946 0018
    cites: [bicycles-at-work/help/tel-020-7946-0018]
withdrawn:
  - value: 020 7946 0019
    reason: the old desk
    cites: [bicycles-at-work/help/tel-020-7946-0018]
"""


def make_pack(parent: Path) -> Path:
    """Make a pack from the index of the page, as its owner does."""
    (parent / "bicycles-at-work.md").write_text(PAGE, encoding="utf-8")
    made = run("guidance", "index", "bicycles-at-work.md", "--format", "yaml", folder=parent)
    assert made.code == 0
    assert "Ride without" not in made.out
    folder = parent / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    text = "# Ours.\n" + made.out.replace("publisher:  # fill in", "publisher: The office")
    (folder / "page.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Make the pack that most tests start from."""
    return make_pack(tmp_path)


def revise(folder: Path, *pairs: tuple[str, str]) -> None:
    text = PAGE
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (folder / "new.md").write_text(text, encoding="utf-8")


def diff(pack: Path, *arguments: str, file: str = "new.md") -> Outcome:
    return run("guidance", "diff", file, "--pack", str(pack), *arguments, folder=pack.parent)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_list_names_every_page(pack: Path) -> None:
    """Those of the bundled pack, and those of one's own."""
    done = run("guidance", "list", "--pack", str(pack), folder=pack.parent)
    assert done.code == 0
    assert "- remote-working Remote Working Ministry of Justice Expires: Thu 31" in flat(done.out)
    assert "Bicycles at work The office No date of expiry. 3 sections, 5 st" in flat(done.out)
    pages = run(
        "guidance", "list", "--format", "json", "--pack", str(pack), folder=pack.parent
    ).json()["pages"]
    assert pages[-1] == {
        "id": "bicycles-at-work",
        "title": "Bicycles at work",
        "publisher": "The office",
        "url": None,
        "expires": None,
        "sections": 3,
        "statements": 5,
        "duties": 3,
    }


@pytest.mark.parametrize("format_", ["text", "json", "yaml"])
def test_index_never_shows_the_text(pack: Path, format_: str) -> None:
    """Ids, kinds and fingerprints; no sentence."""
    done = run("guidance", "index", "bicycles-at-work.md", "--format", format_, folder=pack.parent)
    assert done.code == 0
    assert "ride-without-lamp" in done.out
    assert "Ride without" not in done.out
    assert "hangs by" not in done.out


def test_a_page_that_is_the_same_changes_nothing(pack: Path) -> None:
    """Exit code 0; the page is found by its title."""
    revise(
        pack.parent,
        ("brakes. The", "brakes.\nThe"),
        ("- Leave", "*  LEAVE"),
        ("lamp.", "lamp"),
        ("- R", "* R"),
    )
    done = diff(pack)
    assert (done.code, done.err) == (0, "")
    assert "Nothing: every statement matches the index." in done.out


def test_cited_changes_are_told_with_what_cites_them(pack: Path) -> None:
    """Exit code 1; item, situation, contact and withdrawn detail."""
    revise(
        pack.parent, ("Never:", "Avoid:"), ("0018", "0020"), (" The pump hangs by the door.", "")
    )
    done = diff(pack)
    assert done.code == 1
    text = flat(done.out)
    assert "Statements: 3 changed, 1 removed." in text
    assert "4 entries of the packs to read again" in text
    assert "Now: “Avoid: Leave the bicycle unlocked.”" in text
    assert "Cited by: item bikes.lock-it (Lock the bicycle)" in text
    assert "Cited by: situation flat-tyre (A tyre is flat, step 1)" in text
    assert "Cited by: contact bike-desk (The bicycle desk)" in text
    assert "Cited by: withdrawn detail 020 7946 0019 (the old desk)" in text
    assert "Was:" not in text
    assert "--against OLD" in text


def test_against_shows_the_words_of_both_sides(pack: Path) -> None:
    """The old text is given by who has it."""
    revise(pack.parent, ("0018", "0020"))
    done = diff(pack, "--against", "bicycles-at-work.md")
    assert done.code == 1
    assert "Was: “Tel: 020 7946 0018” Now: “Tel: 020 7946 0020”" in flat(done.out)
    wrong = diff(pack, "--against", "new.md")
    assert "1 of the statements in the index are not in this text" in wrong.err


@pytest.mark.parametrize(
    ("pair", "code", "change"),
    [
        (("- Ride without a lamp.\n", ""), 0, "removed"),
        (("Check both", "Check all"), 0, "changed"),
        (("# Bicycles at work\n", "# Bicycles at work\n\nThis is good."), 0, "added"),
        (("# Bicycles at work\n", "# Bicycles at work\n\nRead this."), 1, "added"),
        (("- Leave the bicycle unlocked.\n", ""), 1, "removed"),
        (("- Leave the bicycle", "- Leave a bicycle"), 1, "changed"),
        (("## On the road", "## Under way"), 0, None),
    ],
)
def test_the_exit_code_is_about_what_is_cited(
    pack: Path, pair: tuple[str, str], code: int, change: str | None
) -> None:
    """1 where something that is cited was changed or removed, else 0."""
    revise(pack.parent, pair)
    done = diff(pack, "--format", "json")
    assert done.code == code
    told = done.json()
    assert [one["change"] for one in told["statements"]] == ([change] if change else [])
    assert told["needs_work"] is bool(code)
    assert [one["change"] for one in told["sections"]] == ([] if change else ["renamed"])


def test_a_cited_statement_in_another_section_needs_work(pack: Path) -> None:
    """Its path is another; within its section it is not."""
    line = " The pump hangs by the door."
    revise(pack.parent, (line, ""), ("## Help\n", f"## Help\n\n{line.strip()}\n"))
    moved = diff(pack, "--format", "json")
    [change] = moved.json()["statements"]
    assert (moved.code, change["change"]) == (1, "moved")
    assert change["path"] == "bicycles-at-work/bicycles-at-work/pump-hangs-door"
    assert change["new_path"] == "bicycles-at-work/help/pump-hangs-door"
    assert change["cited_by"] == [
        {"kind": "situation", "id": "flat-tyre", "text": "A tyre is flat, step 1"}
    ]
    revise(pack.parent, ("both brakes." + line, f"both brakes.\n\nX.{line}"), ("Check", "X. Check"))
    swapped = PAGE.replace("Check both brakes." + line, line.strip() + " Check both brakes.")
    (pack.parent / "new.md").write_text(swapped, encoding="utf-8")
    within = diff(pack, "--format", "json")
    assert (within.code, [one["change"] for one in within.json()["statements"]]) == (0, ["moved"])


def test_update_prints_the_index_and_the_work(pack: Path) -> None:
    """YAML on stdout, the rest on stderr; nothing is written."""
    before = (pack / "page.yaml").read_bytes()
    revise(pack.parent, ("- Leave", "- Go fast.\n- Leave"), ("0018", "0020"))
    done = run("guidance", "update", "new.md", "--pack", str(pack), folder=pack.parent)
    assert done.code == 0
    assert "{id: go-fast, kind: duty, guessed: true, fingerprint" in done.out
    assert "# new: check id and kind" in done.out
    assert "page.yaml" in done.err
    assert "contact bike-desk (The bicycle desk)" in done.err
    assert "It was changed: read it again (line 15 of the page)" in flat(done.err)
    assert (pack / "page.yaml").read_bytes() == before


def test_update_replaces_the_index_of_a_pack(pack: Path) -> None:
    """Only with --force; the pack loads, and the page is the same as its index."""
    revise(pack.parent, ("- Leave", "- Go fast.\n- Leave"), ("0018", "0020"))
    arguments = ("guidance", "update", "new.md", "--pack", str(pack), "--output", "pack/page.yaml")
    refused = run(*arguments, folder=pack.parent)
    assert refused.code == 2
    assert "--force replaces it" in refused.err
    done = run(*arguments, "--force", folder=pack.parent)
    assert (done.code, done.out) == (0, "")
    text = (pack / "page.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Ours.\n# The index")
    assert "of its comments, only those at the top, and marks, are kept" in done.err
    marks = [one for one in text.splitlines() if "  # " in one]
    assert len(marks) == 2
    # The marks are there until somebody takes them out: they are the work left to do.
    again = run(*arguments, "--force", folder=pack.parent)
    assert (again.code, "comments" in again.err) == (0, False)
    assert (pack / "page.yaml").read_text(encoding="utf-8") == text
    again = diff(pack)
    assert (again.code, "Nothing: every" in again.out) == (0, True)


def test_update_into_a_pack_of_ones_own(pack: Path) -> None:
    """The folder becomes a pack whose page replaces that of the pack below."""
    revise(pack.parent, ("- Leave", "- Go fast.\n- Leave"))
    below = (pack / "page.yaml").read_bytes()
    arguments = ("guidance", "update", "new.md", "--pack", "pack", "--into", "ours/it")
    done = run(*arguments, folder=pack.parent)
    assert (done.code, done.out) == (0, "")
    assert "override: true" in (pack.parent / "ours/it/bicycles-at-work.yaml").read_text(
        encoding="utf-8"
    )
    assert (pack / "page.yaml").read_bytes() == below
    both = run(
        *("guidance", "diff", "new.md", "--pack", "pack", "--pack", "ours/it"), folder=pack.parent
    )
    assert (both.code, "Nothing: every" in both.out) == (0, True)
    # The next revision starts from the pack of one's own, and needs leave to replace its file.
    revise(pack.parent, ("- Leave", "- Go slowly.\n- Leave"))
    assert run(*arguments, folder=pack.parent).code == 2
    again = run(*arguments, "--force", folder=pack.parent)
    assert again.code == 0
    text = (pack.parent / "ours/it/bicycles-at-work.yaml").read_text(encoding="utf-8")
    assert "override: true" in text
    assert "go-slowly" in text
    assert sorted(one.name for one in (pack.parent / "ours/it").iterdir()) == [
        "bicycles-at-work.yaml",
        "pack.yaml",
    ]


def test_update_goes_into_one_place(pack: Path) -> None:
    """A file or a folder; and a folder that can be one."""
    revise(pack.parent)
    arguments = ("guidance", "update", "new.md", "--pack", "pack", "--into")
    both = run(*arguments, "ours", "--output", "x.yaml", folder=pack.parent)
    assert (both.code, "give one of them" in both.err) == (2, True)
    file = run(*arguments, "new.md", folder=pack.parent)
    assert (file.code, "new.md" in file.err) == (2, True)
    own = run(*arguments, "pack", "--force", folder=pack.parent)
    assert own.code == 0
    assert "override" not in (pack / "page.yaml").read_text(encoding="utf-8")


def test_update_renews_fingerprints_of_the_old_form(pack: Path) -> None:
    """A pack with old ones says so; what is the same keeps its id."""
    old = {
        "check-both-brakes": "Check both brakes.",
        "pump-hangs-door": "The pump hangs by the door.",
        "tel-020-7946-0018": "Tel: 020 7946 0018",
    }
    text = (pack / "page.yaml").read_text(encoding="utf-8")
    for name, words in old.items():
        line = f'{{id: {name}, kind: background, fingerprint: "{first_form(words, [])}"}}'
        text = re.sub(rf"\{{id: {name},.*?\}}", line, text)
    (pack / "page.yaml").write_text(text, encoding="utf-8")
    assert "3 fingerprints of the old form" in flat(
        run("guidance", "list", "--pack", str(pack), folder=pack.parent).out
    )
    revise(pack.parent, ("- Ride without", "- Ride with"))
    done = diff(pack, "--format", "json")
    assert "has 3 fingerprints of the old form" in done.err
    assert [one["change"] for one in done.json()["statements"]] == ["changed"]
    arguments = ("guidance", "update", "new.md", "--pack", str(pack), "--output", "pack/page.yaml")
    assert run(*arguments, "--force", folder=pack.parent).code == 0
    again = diff(pack)
    assert (again.code, again.err, "Nothing: every" in again.out) == (0, "", True)


def test_update_loses_nothing_else_of_a_file(pack: Path) -> None:
    """A file with more than the page in it, or the page itself, is not replaced."""
    revise(pack.parent)
    whole = PACK + (pack / "page.yaml").read_text(encoding="utf-8")
    (pack / "pack.yaml").write_text(whole, encoding="utf-8")
    (pack / "page.yaml").unlink()
    for output, why in (("pack/pack.yaml", "holds more than the index"), ("new.md", "itself")):
        arguments = ("guidance", "update", "new.md", "--pack", str(pack), "--output", output)
        done = run(*arguments, "--force", folder=pack.parent)
        assert done.code == 2
        assert why in done.err
    assert (pack / "pack.yaml").read_text(encoding="utf-8") == whole
    assert (pack.parent / "new.md").read_text(encoding="utf-8") == PAGE


def test_a_page_that_cannot_be_told(pack: Path) -> None:
    """All pages are named, and the one that was probably meant."""
    revise(pack.parent, ("# Bicycles at work", "# Cycling"))
    unknown = diff(pack)
    assert unknown.code == 2
    assert "say which with --page (the pages are: " in unknown.err
    assert "bicycles-at-work" in unknown.err
    near = diff(pack, "--page", "bicycles-at-wrok")
    assert near.code == 2
    assert "did you mean bicycles-at-work?" in near.err
    assert diff(pack, "--page", "bicycles-at-work").code == 0
    leaflet = diff(pack, "--page", "accessing-moj-it-systems-from-overseas")
    assert leaflet.code == 2
    assert "is cited as a whole" in leaflet.err


def test_an_empty_page_is_no_update(pack: Path) -> None:
    """Everything is removed, which is probably a slip."""
    (pack.parent / "bicycles-at-work.md").write_text("", encoding="utf-8")
    done = diff(pack, file="bicycles-at-work.md")
    assert done.code == 1
    assert "is it the right one?" in done.err
    arguments = ("guidance", "update", "bicycles-at-work.md", "--pack", str(pack))
    update = run(*arguments, folder=pack.parent)
    assert update.code == 2
    assert "there is no statement in this page" in update.err


@pytest.mark.parametrize("command", ["index", "diff", "update"])
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing.md", "there is no such file"),
        ("folder", "not an ordinary file"),
        ("pipe", "not an ordinary file"),
        ("latin.md", "latin.md:2:1: this is not UTF-8 text"),
        ("large.md", "at most 512 KiB"),
        ("long.md", "at most 10000 lines"),
    ],
)
def test_files_that_are_no_page(tmp_path: Path, command: str, name: str, why: str) -> None:
    """Exit code 2, and one line that says why."""
    (tmp_path / "folder").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    elif name == "pipe":
        pytest.skip("named pipes are POSIX's")
    (tmp_path / "latin.md").write_bytes(b"# A\ncaf\xe9\n")
    (tmp_path / "large.md").write_bytes(b"x" * (512 * 1024 + 1))
    (tmp_path / "long.md").write_bytes(b"x\n" * 10_001)
    done = run("guidance", command, name, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert why in done.err


def test_an_unknown_format(tmp_path: Path) -> None:
    """The formats are named."""
    done = run("guidance", "index", "x.md", "--format", "ymal", folder=tmp_path)
    assert done.code == 2
    assert "(allowed: text, yaml, json; did you mean yaml?)" in done.err


def test_hostile_text_reaches_no_terminal(pack: Path) -> None:
    """Escape sequences and overrides of a page are made visible."""
    revise(pack.parent, ("unlocked.", "un\x1b[31mlocked\u202e."), ("On the", "\x1b]0;x\x07On the"))
    for format_ in ("text", "json"):
        done = diff(pack, "--format", format_)
        assert done.code == 1
        assert not {"\x1b", "\x07", "\u202e"} & set(done.out)
    update = run("guidance", "update", "new.md", "--pack", str(pack), folder=pack.parent)
    assert update.code == 0
    assert not {"\x1b", "\x07", "\u202e"} & set(update.out)
