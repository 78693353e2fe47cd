"""`travelsec guidance`: show what a revised page changes and what cites it, and renew its index."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from travelsec.cli import options
from travelsec.cli.completers import complete_file, complete_folder, complete_page
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.messages import warn
from travelsec.cli.output import print_text_or_blocks, write_or_print
from travelsec.formats import GUIDANCE_FORMATS, INDEX_FORMATS
from travelsec.problems import UserError

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
    from travelsec.cli.compare_page import compare_page

    chosen = GUIDANCE_FORMATS.find(format_)
    _, revision = compare_page(options.load_packs(pack), file, page, against)
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
    from travelsec.cli.compare_page import compare_page
    from travelsec.cli.own_pack import add_own_pack, place_in_own_pack
    from travelsec.cli.prompts import check_output
    from travelsec.console import print_blocks
    from travelsec.guidance import index_file, outline
    from travelsec.pack.check import check_packs

    if into is not None:
        pack = add_own_pack(pack, into)
    stored, revision = compare_page(options.load_packs(pack), file, page, against)
    if not list(revision.index.statements()):
        raise UserError(f"{file}: there is no statement in this page; is it the right file?")
    located = check_packs(options.packs_in_force(pack)).merged.leaves["guidance"][stored.id]
    home = located.place.file
    if into is not None:
        if output is not None:
            raise UserError("--into and --output: give one of them")
        output, revision = place_in_own_pack(into, Path(home), revision)
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
