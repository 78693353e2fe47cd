"""`travelsec checklist`: for those who own a pack."""

from __future__ import annotations

import typer

from travelsec.cli.commands.checklist.coverage import coverage
from travelsec.cli.commands.checklist.diff import diff
from travelsec.cli.commands.checklist.list import list_items
from travelsec.cli.commands.checklist.packs import packs
from travelsec.cli.commands.checklist.schema import schema
from travelsec.cli.commands.checklist.show import show
from travelsec.cli.commands.checklist.validate import validate

app = typer.Typer(no_args_is_help=True)
app.command("list")(list_items)
app.command("show")(show)
app.command("packs")(packs)
app.command("validate")(validate)
app.command("schema")(schema)
app.command("coverage")(coverage)
app.command("diff")(diff)
