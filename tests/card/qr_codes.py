"""Read the QR codes of a PDF as a camera sees them: by another library than the one that draws."""

from __future__ import annotations

import shutil
import subprocess

import pytest

DOTS = "150"
"""Dots for an inch: fewer than any printer has."""

QUIET = 3.5 / 25
"""The margin that a code needs, as a part of its width: four of 25 modules, less a rounding."""


def read(pdf: bytes) -> list[str]:
    """Return what the QR codes of the first page say; each must have a white margin."""
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm of poppler-utils is not installed")
    command = ["pdftoppm", "-r", DOTS, "-gray", "-singlefile", "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    kind, size, _, pixels = drawn.split(b"\n", 3)
    assert kind == b"P5"
    width, height = map(int, size.split())
    found = zxingcpp.read_barcodes(memoryview(pixels).cast("B", (height, width)))
    for code in found:
        corner, opposite = code.position.top_left, code.position.bottom_right
        margin = int((opposite.x - corner.x) * QUIET)
        left, right = corner.x - margin, opposite.x + margin
        for y in range(corner.y - margin, opposite.y + margin):
            row = pixels[y * width + left : y * width + right]
            is_beside = not corner.y - 1 <= y <= opposite.y + 1
            edges = row if is_beside else row[: margin - 1] + row[1 - margin :]
            assert min(edges) > 200, "something is drawn in the margin of the code"
    return [code.text for code in found]
