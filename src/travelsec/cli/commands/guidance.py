"""`travelsec guidance`: show what a revised page changes and what cites it, and index it anew."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli import options
from travelsec.cli.completers import complete_file, complete_folder, complete_page
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.messages import warn
from travelsec.cli.output import print_text_or_blocks, write_or_print
from travelsec.formats import GUIDANCE_FORMATS, INDEX_FORMATS
from travelsec.problems import UserError

if TYPE_CHECKING:
    from travelsec.guidance.revision import Revision
    from travelsec.pack.model import Guidance, Pack

app = typer.Typer(no_args_is_help=True)

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
    options.file_option("--against", "The page as it was: shows its words, too.", "OLD"),
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
    print_text_or_blocks(
        chosen.load().pages(options.load_packs(pack).guidance.values()), plain=plain
    )
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
    from travelsec.guidance.page import read_page

    chosen = INDEX_FORMATS.find(format_)
    print_text_or_blocks(chosen.load().index(read_page(file)), plain=plain)
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

    Exit code 1 if there is a new duty, or if a cited statement was changed, removed, or moved to
    another section, which changes its path. Words, their order, numbers, mail addresses and
    telephone numbers count; punctuation, letter case, layout and the targets of other links do
    not. A statement that moved within its section is shown, but needs no work.
    """
    chosen = GUIDANCE_FORMATS.find(format_)
    _, revision = _compare(options.load_packs(pack), file, page, against)
    print_text_or_blocks(chosen.load().changes(revision), plain=plain)
    return NO if revision.needs_work else READY


@app.command("update")
def update(
    file: FileArgument,
    page: PageOption = None,
    against: AgainstOption = None,
    output: Annotated[
        Path | None, options.output_option("Write it to this file, not to the screen.")
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="DIR",
            autocompletion=complete_folder,
            help="Write it into this pack of your own, in place of the page of a pack below.",
        ),
    ] = None,
    force: options.ForceOption = False,
    pack: options.PackOption = None,
) -> int:
    """Make the index of a revised page; statements keep their ids and kinds.

    Comments mark what is new or changed. Standard error lists what you must then change in the
    packs. With --into, the folder becomes a pack if it is none yet.
    """
    from travelsec.cli.prompts import check_output
    from travelsec.console import print_blocks
    from travelsec.guidance import index_file, outline
    from travelsec.pack.check import check

    pack = _with_folder(pack, into)
    stored, revision = _compare(options.load_packs(pack), file, page, against)
    if not list(revision.index.statements()):
        raise UserError(f"{file}: there is no statement in this page; is it the right file?")
    located = check(options.packs_in_force(pack)).merged.leaves["guidance"][stored.id]
    home = located.place.file
    if into is not None:
        if output is not None:
            raise UserError("--into and --output: give one of them")
        output, revision = _in_own_pack(into, Path(home), revision)
    before = ""
    if output is not None:
        if output.exists() and output.samefile(file):
            raise UserError(f"{output}: this is the page itself; name the file of its index")
        force = check_output(output, force=force)
        before = index_file.read_before(output, stored.id) if output.exists() else ""
        if index_file.has_comments(before):
            warn(f"{output}: of its comments, only those at the top, and marks, are kept.")
    index = index_file.updated_file(revision, before).encode()
    write_or_print(index, output, f"index of {stored.id}", force=force)
    if output is None:
        warn(f"the index of {stored.id} is in {home}; --output FILE --force replaces it.")
    blocks = [*outline.work(revision), *outline.kept(revision)]
    print_blocks(blocks, sys.stderr, whole_words=True)
    return READY


def _with_folder(packs: list[Path] | None, into: Path | None) -> list[Path] | None:
    """Return the packs, with the folder to write into if it is a pack already."""
    if into is None or not any(into.rglob("*.yaml")):
        return packs
    in_force = [folder.resolve() for folder in options.packs_in_force(packs)]
    return packs if into.resolve() in in_force else [*(packs or []), into]


def _in_own_pack(into: Path, home: Path, revision: Revision) -> tuple[Path, Revision]:
    """Return the file in a pack of one's own, and the index that belongs there."""
    import msgspec

    from travelsec import files
    from travelsec.guidance.index_file import PACK

    if home.resolve().is_relative_to(into.resolve()):
        return home, revision
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{into}: {error.strerror or error}") from None
    if not any(into.rglob("*.yaml")):
        files.write(into / "pack.yaml", PACK.encode(), force=False)
    index = msgspec.structs.replace(revision.index, override=True)
    return into / f"{index.id}.yaml", msgspec.structs.replace(revision, index=index)


def _compare(
    packs: Pack, file: Path, name: str | None, against: Path | None
) -> tuple[Guidance, Revision]:
    from travelsec.guidance.choice import choose
    from travelsec.guidance.citations import citations
    from travelsec.guidance.fingerprints import count_first_form
    from travelsec.guidance.page import read_page
    from travelsec.guidance.revision import revise, words_of
    from travelsec.wording import count

    page = read_page(file)
    stored = choose(packs.guidance, page, file.stem, name)
    indexed = len(list(stored.statements()))
    words = None if against is None else words_of(stored, read_page(against))
    if words is not None and len(words) < indexed:
        warn(
            f"{against}: {indexed - len(words)} of the statements in the index are not in this "
            "text; is it the earlier version of the page? Their words are not shown."
        )
    old = count_first_form(stored)
    if old:
        warn(
            f"the index of {stored.id} has {count(old, 'fingerprint')} of the old form, which "
            "punctuation changes too and which shows no likeness; travelsec guidance update "
            "renews them."
        )
    revision = revise(stored, page, words, citations(packs))
    removed = sum(change.change == "removed" for change in revision.statements)
    if removed == indexed:
        warn(f"{file}: nothing of the page “{stored.id}” is in this file; is it the right one?")
    return stored, revision
