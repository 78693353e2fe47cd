"""Results of the lines of a batch, and what each format makes of them."""

from __future__ import annotations

from travelsec.batch.summary.results import BatchCounts, LineResult
from travelsec.formats import SUMMARY_FORMATS

RESULTS = [
    LineResult(2, "A-1", "ready", 0, "out/a-1.json", True, "0", "1", "Ann"),
    LineResult(3, "", "not-ready", 1, "out/0003.json", False, "7", "0", "Bo\x1b[2J"),
    LineResult(4, "", "not-made", 2, faults=("b.csv:4: “x”",)),
]


def shown(format_: str, width: int | None = None) -> str:
    """Return what is printed of these results."""
    counts = BatchCounts()
    made = SUMMARY_FORMATS.find(format_).load().summary(4, width)
    texts = []
    for result in RESULTS:
        counts.add(result)
        texts.append(made.row(result))
    texts.append(made.end(counts))
    return "".join(f"{text}\n" for text in texts if text)
