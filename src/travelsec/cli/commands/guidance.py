"""`travelsec guidance`: show what a revised page changes and what cites it, and index it anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli import options
from travelsec.cli.completers import complete_file, complete_page
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.messages import warn
from travelsec.cli.output import print_bytes, print_document, write_or_print
from travelsec.folders import overlays
from travelsec.formats import GUIDANCE_FORMATS, INDEX_FORMATS
from travelsec.problems import InputError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from travelsec.document import Block
    from travelsec.guidance.page import Page
    from travelsec.guidance.revision import Revision
    from travelsec.pack.model import Guidance, Pack

app = typer.Typer(
    no_args_is_help=True,
    help="For owners of a pack: what a revised guidance page changes.",
)

MAX_BYTES = 512 * 1024
MAX_LINES = 10_000

FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="The page as it is now, in Markdown.", autocompletion=complete_file
    ),
]
PageOption = Annotated[
    str | None,
    typer.Option(
        "--page",
        metavar="ID",
        autocompletion=complete_page,
        help="Which page of the packs it is, if neither file name nor title says so.",
    ),
]
AgainstOption = Annotated[
    Path | None,
    options.file_option(
        "--against", "The page as it was: shows its words, and matches more statements.", "OLD"
    ),
]
FormatOption = Annotated[str, options.format_option(GUIDANCE_FORMATS)]


@app.command("list")
def list_pages(
    format_: FormatOption = GUIDANCE_FORMATS.default,
    pack: options.PackOption = None,
    plain: options.PlainOption = False,
) -> int:
    """List the pages that the packs cite."""
    chosen = GUIDANCE_FORMATS.find(format_)
    _print(chosen.load().pages(options.load_packs(pack).guidance.values()), plain=plain)
    return READY


@app.command("index")
def index_page(
    file: FileArgument,
    format_: Annotated[
        str, options.format_option(INDEX_FORMATS, more="yaml is a file for a pack.")
    ] = INDEX_FORMATS.default,
    plain: options.PlainOption = False,
) -> int:
    """Cut a page into statements: ids and kinds to check, and fingerprints; never the text."""
    chosen = INDEX_FORMATS.find(format_)
    _print(chosen.load().index(_read(file)), plain=plain)
    return READY


@app.command("diff")
def diff(
    file: FileArgument,
    page: PageOption = None,
    against: AgainstOption = None,
    format_: FormatOption = GUIDANCE_FORMATS.default,
    pack: options.PackOption = None,
    plain: options.PlainOption = False,
) -> int:
    """Compare a revised page with the index of the packs.

    Exit code 1 if a cited statement was changed, removed, or moved to another section, which
    changes its path. Spacing, wrapping, bullets, letter case and link targets do not count, but
    mail addresses and telephone numbers do. A statement that moved within its section is shown,
    but needs no work.
    """
    chosen = GUIDANCE_FORMATS.find(format_)
    _, revision = _compare(options.load_packs(pack), file, page, against)
    _print(chosen.load().changes(revision), plain=plain)
    return NO if revision.needs_work else READY


@app.command("update")
def update(
    file: FileArgument,
    page: PageOption = None,
    against: AgainstOption = None,
    output: Annotated[
        Path | None, options.file_option("--output", "Write it to this file, not to the screen.")
    ] = None,
    force: options.ForceOption = False,
    pack: options.PackOption = None,
) -> int:
    """Make the index of a revised page; statements keep their ids and kinds.

    Comments mark what is new or changed. Standard error lists what you must then change in the
    packs.
    """
    from travelsec.cli.prompts import check_output
    from travelsec.console import print_blocks
    from travelsec.guidance import outline
    from travelsec.guidance.index_file import updated_file

    stored, revision = _compare(options.load_packs(pack), file, page, against)
    if not any(section.statements for section in revision.index.sections):
        raise UserError(f"{file}: there is no statement in this page; is it the right file?")
    before = ""
    if output is not None:
        if output.exists() and output.samefile(file):
            raise UserError(f"{output}: this is the page itself; name the file of its index")
        force = check_output(output, force=force)
        before = _index_before(output, stored) if output.exists() else ""
    index = updated_file(revision, before).encode()
    write_or_print(index, output, f"index of {stored.id}", force=force)
    if output is None:
        home = _home(pack, stored)
        warn(f"the index of {stored.id} is in {home}; --output FILE --force replaces it.")
    print_blocks(outline.work(revision), sys.stderr, whole_words=True)
    return READY


def _compare(
    packs: Pack, file: Path, name: str | None, against: Path | None
) -> tuple[Guidance, Revision]:
    from travelsec.guidance.choice import choose
    from travelsec.guidance.citations import citations
    from travelsec.guidance.revision import revise, words_of

    page = _read(file)
    stored = choose(packs.guidance, page, file.stem, name)
    indexed = sum(len(section.statements) for section in stored.sections)
    words = None if against is None else words_of(stored, _read(against))
    if words is not None and len(words) < indexed:
        warn(
            f"{against}: {indexed - len(words)} of the statements in the index are not in this "
            "text; is it the earlier version of the page? Their words are not shown."
        )
    revision = revise(stored, page, words, citations(packs))
    removed = sum(change.change == "removed" for change in revision.statements)
    if removed == indexed:
        warn(f"{file}: nothing of the page “{stored.id}” is in this file; is it the right one?")
    return stored, revision


def _read(path: Path) -> Page:
    from travelsec import files
    from travelsec.guidance.page import index

    data = files.read_beginning(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UserError(f"{path}: a page of more than {MAX_BYTES // 1024} KiB is not read")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError(f"{path}:{line}:1: this is not UTF-8 text: save it as UTF-8") from None
    if text.count("\n") + text.count("\r") > MAX_LINES:
        raise UserError(f"{path}: a page of more than {MAX_LINES} lines is not read")
    return index(text)


def _home(pack: list[Path] | None, stored: Guidance) -> str:
    """Return the file that has the index of the page, in the last pack that has one."""
    from travelsec.pack import parse
    from travelsec.pack.folder import bundled_folder, read_files

    bottom = bundled_folder()
    folders = (bottom, *overlays(), *(pack or []))
    read = (parse.parse_pack(str(folder), read_files(folder, bottom))[0] for folder in folders)
    pages = (page for one in read for page in one.lists["guidance"])
    return [page.file for page in pages if page.value.id == stored.id][-1]


def _index_before(path: Path, stored: Guidance) -> str:
    """Return the text of the index file to replace, whose marks are kept; empty if unreadable.

    Raises:
        UserError: the file holds more than this page, which would be lost.
    """
    from travelsec import files
    from travelsec.guidance.index_file import has_comments
    from travelsec.pack.yaml import MAX_BYTES as MAX_PACK_BYTES
    from travelsec.pack.yaml import Mapping, parse

    data = files.read_file(path, MAX_PACK_BYTES)
    try:
        tree = parse(data, str(path))
    except InputError:
        return ""
    if not isinstance(tree, Mapping):
        return ""
    pages = tree.get("guidance")
    ids = [p.get("id") if isinstance(p, Mapping) else None for p in pages or []]
    if list(tree) != ["guidance"] or ids != [stored.id]:
        raise UserError(
            f"{path}: this file holds more than the index of {stored.id}, and would lose it; "
            "write to another file and put the entry in by hand"
        )
    text = data.decode("utf-8-sig")
    if has_comments(text):
        warn(f"{path}: of its comments, only those at the top, and marks, are kept.")
    return text


def _print(made: str | Iterable[Block], *, plain: bool) -> None:
    if isinstance(made, str):
        print_bytes(made.encode())
    else:
        print_document(made, plain=plain, whole_words=True)
