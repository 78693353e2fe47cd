"""A report goes to the line manager by mail, and the decision comes back; nothing is sent."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests import emails
from tests.cli.command import Outcome, run, run_for_bytes
from tests.cli.test_show_decision import ANSWERS, DAY
from tests.report.test_eml import read, text_of

EPOCH = "1795683600"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Prepare a trip, and export its report as a draft and as a page."""
    done = run(
        *("prepare", "--trip", "Lisbon", *ANSWERS, "--output", "draft.eml"),
        folder=tmp_path,
        SOURCE_DATE_EPOCH=EPOCH,
    )
    assert done.code == 0, done.err
    done = run("export", "draft.eml", "--output", "report.html", folder=tmp_path)
    assert (done.code, done.out) == (0, "")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    page = (tmp_path / "report.html").read_bytes()
    (inbox / "Fwd Lisbon.EML").write_bytes(emails.outlook("report.html", page))
    return tmp_path


def decide(folder: Path, *options: str) -> Outcome:
    """Decide on the report that came by mail."""
    by = ("--by", "C. Jones", *DAY)
    return run("review", "inbox/Fwd Lisbon.EML", *by, *options, folder=folder)


def test_there_and_back(folder: Path) -> None:
    """From the traveller's draft to the decision as the traveller reads it."""
    found = run("review", "inbox", *DAY, folder=folder)
    assert (found.code, found.err) == (0, "")
    assert "1 report: 1 ready" in found.out
    decided = decide(folder, "--approve", "--comment", "Enjoy it.", "--mail", "reply.eml")
    assert decided.code == 0, decided.err
    assert (folder / "inbox" / "Fwd Lisbon.EML.decision.json").is_file()
    assert "The email to send to the traveller is in reply.eml" in decided.err
    assert "It is addressed to ana.smith@example.org, the sender named in the email" in decided.err
    assert "another folder" not in decided.err
    reply = folder / "reply.eml"
    assert stat.S_IMODE(reply.stat().st_mode) == 0o600
    draft = read(reply.read_bytes())
    assert (draft["X-Unsent"], draft["To"]) == ("1", "ana.smith@example.org")
    assert draft["In-Reply-To"] == "<CAK7a9=1+x@mail.example.org>"
    assert "Enjoy it." in text_of(reply.read_bytes())
    told = run(
        *("prepare", "--trip", "Lisbon", "--no-input", "--decision", "reply.eml", *DAY),
        folder=folder,
    )
    assert told.code == 0, told.err
    assert "Approved by C. Jones on" in told.err
    assert "Comment: Enjoy it." in told.err


def test_the_decision_counts_for_the_mail(folder: Path) -> None:
    assert decide(folder, "--approve").code == 0
    (row,) = run("review", "inbox", "--format", "json", *DAY, folder=folder).json()["reports"]
    assert row["decision"]["decision"] == "approved"
    assert not row["decision"]["void"]
    asked = run("review", "inbox", "--undecided", *DAY, folder=folder)
    assert "No report matches" in asked.out


def test_a_report_that_is_returned_may_have_its_mail_replaced_with_force(folder: Path) -> None:
    (folder / "reply.eml").write_text("mine", encoding="utf-8")
    refused = decide(folder, "--return", "--mail", "reply.eml")
    assert refused.code == 2
    assert "reply.eml: the file exists; --force replaces it" in refused.err
    assert (folder / "reply.eml").read_text(encoding="utf-8") == "mine"
    assert not list((folder / "inbox").glob("*.decision.json"))
    done = decide(folder, "--return", "--mail", "reply.eml", "--force")
    assert done.code == 0, done.err
    assert "returned" in read((folder / "reply.eml").read_bytes())["Subject"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--approve", "--mail", "reply.txt"), "give the file the ending .eml"),
        (("--approve", "--mail", "draft.eml", "--force"), "this is a report; name another file"),
        (
            ("--approve", "--mail", "inbox/Fwd Lisbon.EML", "--force"),
            "this is a report; name another file for the email",
        ),
        (("--approve", "--mail", "no/reply.eml"), "there is no folder no"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_written(
    folder: Path, options: tuple[str, ...], words: str
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.eml")}
    done = decide(folder, *options)
    assert done.code == 2
    assert words in done.err
    assert not list((folder / "inbox").glob("*.decision.json"))
    assert {path: path.read_bytes() for path in folder.rglob("*.eml")} == before


def test_a_mail_belongs_to_a_decision(folder: Path) -> None:
    done = run("review", "inbox", "--mail", "reply.eml", folder=folder)
    assert done.code == 2
    assert "--mail belong to a decision" in done.err


def test_a_report_that_came_as_a_file_is_answered_without_an_address(folder: Path) -> None:
    done = run(
        *("review", "report.html", "--approve", "--by", "C. Jones", "--mail", "reply.eml", *DAY),
        folder=folder,
    )
    assert done.code == 0, done.err
    assert "addressed" not in done.err
    # The report is in this folder, too.
    assert "Move it to another folder: a review of this one would count it as not" in done.err
    assert read((folder / "reply.eml").read_bytes()).keys() == [
        *("Content-Type", "MIME-Version", "X-Unsent", "Subject")
    ]


def test_the_same_report_gives_the_same_draft(folder: Path) -> None:
    """From the page, and from the draft itself."""
    draft = (folder / "draft.eml").read_bytes()
    for source in ("draft.eml", "report.html"):
        done = run_for_bytes("export", source, "--format", "eml", folder=folder)
        assert (done.code, done.out) == (0, draft)


def test_a_mail_is_piped_in(folder: Path) -> None:
    """As mail programs for terminals do it."""
    mail = (folder / "inbox" / "Fwd Lisbon.EML").read_bytes()
    done = run_for_bytes("review", "-", *DAY, folder=folder, stdin=mail)
    assert done.code == 0, done.err
    assert b"ready" in done.out.lower()
    done = run_for_bytes("export", "-", "--format", "txt", folder=folder, stdin=mail)
    assert done.code == 0
    assert b"Travel security: Lisbon" in done.out


def test_the_trip_is_closed_from_a_mail(folder: Path) -> None:
    done = run("debrief", "inbox/Fwd Lisbon.EML", "--no-input", *DAY, folder=folder)
    assert done.code in (0, 1), done.err
    assert "Lisbon" in done.out


def test_a_mail_without_a_report_could_not_be_read(folder: Path) -> None:
    (folder / "inbox" / "lunch.eml").write_bytes(emails.mail(emails.BODY))
    done = run("review", "inbox", *DAY, folder=folder)
    assert done.code == 2
    assert "no report is attached to this email" in " ".join(done.out.split())


@pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv", "html"])
def test_hostile_names_of_attachments_are_shown_as_text(folder: Path, format_: str) -> None:
    """Of what is no report, is damaged, or is one of several reports."""
    inbox = folder / "inbox"
    page = (folder / "report.html").read_bytes()
    name = "filename*=utf-8''a%1B%5B31m%E2%80%AEb%0D%0Ac%00%3Cscript%3E"
    named = f"attachment; {name}.html"
    other = page.replace(b'"destination":"Lisbon"', b'"destination":"London"')
    for number, parts in enumerate(
        (
            [emails.part("image/png", b"x", "base64", f"attachment; {name}.png")],
            [emails.part("text/html", b"travelsec", "base64", named)],
            [emails.part("text/html", page, "x-other", named)],
            [emails.part("text/html", one, "base64", named) for one in (page, other)],
            [
                emails.attachment("report.html", page),
                emails.part("text/html", b"x", "base64", named),
            ],
        )
    ):
        mail = emails.mail(emails.multipart("mixed", emails.PLAIN, *parts))
        (inbox / f"{number}.eml").write_bytes(mail)
    done = run_for_bytes("review", "inbox", "--format", format_, *DAY, folder=folder)
    assert done.code == 2
    assert b"Traceback" not in done.err
    shown = done.out.decode() + done.err.decode()
    assert not {"\x1b", "\u202e", "\x00"} & set(shown)
    assert "<script>" not in shown or format_ != "html"
    assert "31m" in shown
