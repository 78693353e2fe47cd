"""Write the bank holidays that travelsec counts working days with.

    python scripts/make_bank_holidays.py [--check]

The dates come from the `holidays` library, which follows GOV.UK and the law behind it. At run time
that library would take longer to import than all the rest. Bank holidays that fall on a weekend
are left out: their substitute days are what changes the number of working days.

After a change of dates raise `WORDS` in `report/model.py`: `review` would take the days in reports
of older versions for edited ones.

With `--check`, nothing is written: exit code 1 if the file differs from what would be written.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from holidays import country_holidays

FILE = Path(__file__).parents[1] / "src" / "travelsec" / "bank_holidays.json"
FIRST, LAST = 2020, 2032
"""The years covered. Now and then a proclamation adds a day, so far ahead is not worth much."""

SUBDIVISIONS = {
    "england-and-wales": ("ENG", "WLS"),
    "scotland": ("SCT",),
    "northern-ireland": ("NIR",),
}


def dates(nation: str) -> list[str]:
    """Return the weekdays that are bank holidays in a nation."""
    years = range(FIRST, LAST + 1)
    one, *others = (
        set(country_holidays("GB", subdiv=name, years=years)) for name in SUBDIVISIONS[nation]
    )
    assert all(other == one for other in others), f"the parts of {nation} differ"
    return [day.isoformat() for day in sorted(one) if day.weekday() < 5]


def content() -> str:
    """Return the text of the file."""
    data = {
        "source": "https://www.gov.uk/bank-holidays",
        "made_with": "the Python library holidays",
        "first_year": FIRST,
        "last_year": LAST,
        "nations": {nation: dates(nation) for nation in SUBDIVISIONS},
    }
    return f"{json.dumps(data, indent=1)}\n"


def main(arguments: list[str]) -> int:
    """Write the file, or compare it; return the exit code."""
    if arguments == ["--check"]:
        if FILE.read_text(encoding="utf-8") == content():
            return 0
        print(f"{FILE.name} is not up to date: run python scripts/make_bank_holidays.py")
        return 1
    FILE.write_text(content(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
