"""The end of each command's help: its examples, and for `incident` what can have happened."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup

from travelsec.cli.command_list import of_command

# typer exports no type for the context and the formatter: they come from its own copy of click.


class Command(TyperCommand):
    """A command whose help ends with its examples."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the end of the help."""
        super().format_epilog(ctx, formatter)
        _write_examples(ctx, formatter)


class IncidentCommand(Command):
    """The command whose help lists the situations too."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the end of the help."""
        from travelsec.pack.titles import situation_titles
        from travelsec.safe_text import line

        if titles := situation_titles():
            with formatter.section("Situations"):
                formatter.write_dl([(name, line(title)) for name, title in titles.items()])
        super().format_epilog(ctx, formatter)


class Group(TyperGroup):
    """A group of commands whose help ends with the examples of all of them."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the end of the help."""
        super().format_epilog(ctx, formatter)
        _write_examples(ctx, formatter)


def _write_examples(ctx: Any, formatter: Any) -> None:
    examples = of_command(ctx.command_path.partition(" ")[2])
    if examples:
        with formatter.section("Examples"):
            rows = [(f"travelsec {example.line}", example.does) for example in examples]
            formatter.write_dl(rows)
