"""Read the QR codes of a PDF as a camera sees them: by another library than the one that draws."""

from __future__ import annotations

import shutil
import subprocess

import pytest

DOTS = "150"
"""Dots for an inch: fewer than any printer has."""


def read(pdf: bytes) -> list[str]:
    """Return what the QR codes of the first page say."""
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm of poppler-utils is not installed")
    command = ["pdftoppm", "-r", DOTS, "-gray", "-singlefile", "-"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    kind, size, _, pixels = drawn.split(b"\n", 3)
    assert kind == b"P5"
    width, height = map(int, size.split())
    found = zxingcpp.read_barcodes(memoryview(pixels).cast("B", (height, width)))
    return [code.text for code in found]
