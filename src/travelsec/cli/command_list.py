"""Every command, with an example or two for its help and for the screen without a command."""

from __future__ import annotations

from typing import NamedTuple

COMMANDS = {
    "prepare": "Prepare a trip: questions, the items that apply, a report.",
    "incident": "What to do right now: the steps, and who to call. Needs no trip and no network.",
    "card": "Make one page to carry apart from your devices.",
    "contacts": "Who to call about what, as dialled from where you are.",
    "debrief": "Back from a trip: what to do now, and what to report.",
    "export": "Write a trip or a report in another format, to hand it on.",
    "review": "Check reports against your packs: who is ready, what is open or changed.",
    "completion": "Print the script that lets a shell complete commands, options and names.",
    "doctor": "Where everything is, what is in force, and what would fail.",
    "trips": "List, show, rename and forget the trips that are kept on this computer.",
    "checklist": "For owners of a pack: what is in it, who gets it, and its faults.",
    "guidance": "For owners of a pack: what a revised guidance page changes.",
}
"""The summary of each, in the order of the help.

Each is a module of `commands` with an `app`, or with a function of its name. The docstring of the
function, if there is one, is the rest of the command's help.
"""


class Example(NamedTuple):
    """What is typed after `travelsec`, and what it does. `role` is for the first screen."""

    line: str
    does: str
    role: str = ""


EXAMPLES = (
    Example("incident", "Choose what happened from a list."),
    Example("incident phone stolen", "Say it in your own words."),
    Example("incident broken seal --format json", "The steps for a program."),
    Example("incident broken seal --note note.txt", "Write a note to read out to the desk."),
    Example("contacts", "Who to call about anything."),
    Example("contacts loss --set abroad=true", "Who to call about a loss, from abroad."),
    Example("contacts --format json", "The same for a program."),
    Example("prepare --trip Lisbon", "Prepare a trip, or go on with it.", "For travellers"),
    Example("prepare --accessible", "The same line by line, for a screen reader."),
    Example("card --output card.html", "A card to print and fold.", "For travellers"),
    Example("card", "The text of the card, to copy by hand."),
    Example("debrief Lisbon", "Back from a trip.", "For travellers"),
    Example("debrief report.json", "On another machine, from a report of the trip."),
    Example("debrief Lisbon --no-input --format json", "What is open, for a program."),
    Example("export Lisbon --output report.html", "A report to send.", "For travellers"),
    Example("export Lisbon --output reminders.ics", "What is open, for your calendar."),
    Example("trips list", "Your trips, and how ready each is.", "For travellers"),
    Example("trips list --format json", "The same for a program."),
    Example("trips show Lisbon", "All that is known of a trip."),
    Example("trips rename Lisbon 'Spring in Lisbon'", "Give a trip another name."),
    Example("trips forget Lisbon --private", "Forget names and numbers only."),
    Example("trips forget --all-past", "Forget all trips that are over."),
    Example("review reports", "Judge all reports in a folder.", "For line managers"),
    Example("review reports/report.html --show", "Read one report, judged again."),
    Example("prepare --no-input --answers trip.yaml", "A report from answers.", "For scripts"),
    Example("prepare --no-input --answers trip.yaml --format json", "The same for a program."),
    Example(
        "prepare --set abroad=true --set devices=laptop --answers-template",
        "A file of answers to fill in.",
    ),
    Example(
        "prepare --batch starters.jsonl --output-dir reports", "A report for each line of a file."
    ),
    Example("checklist list", "All items.", "For security teams"),
    Example("checklist list --for abroad=true --for devices=phone", "Who gets what."),
    Example("checklist show overseas", "All that the pack says about one entry."),
    Example("checklist packs", "The packs that come along, and which are in force."),
    Example("checklist validate my-pack", "The faults of a pack."),
    Example("checklist schema answers", "For an editor that completes answers files."),
    Example("checklist schema trips", "For a program that reads trips list."),
    Example("checklist coverage", "Which duties of the guidance no item cites."),
    Example("checklist diff installed my-pack", "What an edited pack changes."),
    Example("checklist diff old-pack my-pack reports", "The trips to go through again."),
    Example("guidance list", "The pages that the packs cite."),
    Example(
        "guidance diff remote-working.md", "What a revised page changes.", "For security teams"
    ),
    Example("guidance index page.md --format yaml", "A first index of a new page."),
    Example("guidance update remote-working.md", "The new index of a revised page."),
    Example("completion bash", "The script for bash."),
    Example("doctor", "What would fail, and what to do about it."),
    Example("doctor --format json", "The same for a program."),
)


def of_command(path: str) -> list[Example]:
    """Return the examples of a command, such as `trips list`, or of those below `trips`."""
    return [example for example in EXAMPLES if f"{example.line} ".startswith(f"{path} ")]
