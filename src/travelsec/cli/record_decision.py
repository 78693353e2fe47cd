"""`review --approve` and `--return`: record a decision on a report."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from travelsec import files
from travelsec.cli import review_files
from travelsec.cli.messages import inform, warn
from travelsec.cli.options import now
from travelsec.cli.prompts import check_output
from travelsec.cli.streams import print_confirmation
from travelsec.console import print_blocks
from travelsec.formats import MAIL_ENDING
from travelsec.names import names_somebody
from travelsec.problems import UserError
from travelsec.report.read import MAX_MAIL_BYTES, Received, is_mail
from travelsec.review import decision, outline
from travelsec.review.decision import Decision, Word
from travelsec.review.decision_findings import traveller_decides, without_decision
from travelsec.review.inbox import STDIN
from travelsec.review.judge import Judge
from travelsec.review.model import Reviewed
from travelsec.review.output import labels
from travelsec.trip.statuses import reason_fault
from travelsec.values import is_one_line


class DecisionOptions(Struct, frozen=True):
    """The options of a decision.

    With `mail`, a draft email to the traveller is written there, too. With `plain` the review
    has no colour.
    """

    word: Word
    by: str | None
    comment: str
    mail: Path | None
    force: bool
    plain: bool


def decide(path: str, judge: Judge, request: DecisionOptions) -> None:
    """Record a decision beside the report, and show the review it is based on.

    Raises:
        UserError: an option is missing or wrong, or a file cannot be read or written.
    """
    if path == STDIN:
        raise UserError("a decision stands beside the file of its report: name the file")
    decider, comment = _checked_texts(request)
    target = decision.path_of(Path(path))
    received, reviewed = review_files.read_reports(path, judge)
    mail = request.mail
    replaces_mail = mail is not None and _check_mail(mail, force=request.force)
    before = reviewed.decision
    is_unread = any(finding.code == "decision-unread" for finding in reviewed.differs)
    if before is not None and not request.force:
        inform(f"Decided so far: {before.decision} by {before.by}.")
    elif is_unread and not request.force:
        inform("The decision beside the report cannot be read.")
    force = check_output(target, force=request.force)
    record = decision.make_decision(
        request.word, received, judge, by=decider, comment=comment, at=now(), reviewed=reviewed
    )
    reviewed = without_decision(reviewed)
    files.write_file(target, decision.decision_json(record), force=force)
    sender = ""
    if mail is not None:
        sender = _write_mail(mail, path, record, received, judge, force=replaces_mail)
    shown = outline.details([reviewed], labels(judge.pack))
    print_confirmation(lambda stream: print_blocks(shown, stream, plain=request.plain))
    _warn(record, reviewed, judge.latest)
    replaced = f", in place of {before.decision} by {before.by}" if before else ""
    if is_unread:
        replaced = ", in place of a decision that could not be read"
    inform(f"Recorded: {request.word}{replaced}. The decision is in {target}")
    if mail is None:
        inform("It is a record, not a signature. Send it to the traveller.")
        return
    inform(f"It is a record, not a signature. The email to send to the traveller is in {mail}")
    if sender:
        inform(f"It is addressed to {sender}, the sender named in the email with the report.")
    if mail.resolve().parent == Path(path).resolve().parent:
        inform("Move it to another folder: a review of this one would count it as not read.")


def _warn(record: Decision, reviewed: Reviewed, latest: str) -> None:
    """Warn of what the decider may not have meant.

    `latest` is the latest moment at which a report can have been made; one from later does not
    hold.
    """
    if own_name := traveller_decides(record.by, reviewed.traveller):
        warn(f"the decision {own_name}.")
    if record.at < reviewed.created <= latest:
        warn(
            "the moment in the report is later than it is now by your clock, so the decision will "
            "look as if it was made before the report. Check which clock is wrong."
        )
    if record.decision == "approved" and reviewed.is_broken:
        warn("you approved a report that does not hold: it was changed by hand, or damaged.")
    elif record.decision == "approved" and reviewed.is_unchecked:
        warn("you approved a report that could not be checked: it has other packs or words.")
    elif record.decision == "approved" and reviewed.verdict == "not-ready":
        warn(
            f"you approved a report that is not ready; must items open: {len(reviewed.open_must)}."
        )
    if record.decision == "returned" and not record.comment:
        warn("nothing says why: --comment TEXT tells the traveller what to do.")


def _check_mail(mail: Path, *, force: bool) -> bool:
    """Make sure that the draft can be written; return whether a file there may be replaced."""
    if not is_mail(b"", mail.name):
        raise UserError(f"--mail: {mail}: give the file the ending {MAIL_ENDING}")
    review_files.check_no_report(mail, "the email")
    return check_output(mail, force=force)


def _write_mail(
    mail: Path, path: str, record: Decision, received: Received, judge: Judge, *, force: bool
) -> str:
    """Write a draft email to the traveller, a reply if the report came in an email.

    Returns:
        The address it is to, or an empty text.
    """
    from travelsec.mail_draft import NO_MAIL, ReplyTo
    from travelsec.report.mail import read_mail
    from travelsec.review.decision_mail import decision_mail

    reply_to = NO_MAIL
    if is_mail(b"", path):
        report_mail = read_mail(files.read_file(path, MAX_MAIL_BYTES))
        reply_to = ReplyTo(report_mail.sender, report_mail.message_id)
    mail_bytes = decision_mail(record, received.report, labels(judge.pack), reply_to)
    try:
        files.write_file(mail, mail_bytes, force=force)
    except UserError as error:
        raise UserError(f"the decision is recorded, but not the email: {error}") from None
    return reply_to.sender


def _checked_texts(request: DecisionOptions) -> tuple[str, str]:
    """Return who decides and what they say, stripped.

    Raises:
        UserError: nobody decides, or a text is not allowed.
    """
    if request.by is None:
        raise UserError("say who decides: add --by NAME")
    decider = _checked_text("--by", request.by)
    comment = _checked_text("--comment", request.comment)
    if not is_one_line(decider):
        raise UserError("--by: the text has more than one line")
    if not decider:
        raise UserError("--by: the name is empty")
    if not names_somebody(decider):
        raise UserError("--by: there is no letter in the name")
    return decider, comment


def _checked_text(option: str, text: str) -> str:
    fault = reason_fault(text)
    if fault is not None:
        raise UserError(f"{option}: {fault}")
    return text.strip()
