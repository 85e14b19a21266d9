"""The README's picture can be made again."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import CHROMIUM

import kg

ROOT = Path(__file__).parents[3]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]


def test_the_script_makes_the_picture_that_the_readme_shows(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1])}
    command = [sys.executable, str(ROOT / "scripts" / "picture.py"), str(tmp_path / "graph.png")]
    subprocess.run(command, env=environment, check=True)
    made, shown = ((folder / "graph.png").read_bytes() for folder in (tmp_path, ROOT / "docs"))
    assert struct.unpack(">II", made[16:24]) == struct.unpack(">II", shown[16:24]) == (1440, 900)
    assert len(made) > 50_000  # more than an empty page
