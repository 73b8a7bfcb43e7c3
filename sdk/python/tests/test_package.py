"""The package as a guest: quick to import, quiet until it is used, installable, typed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from conftest import PACKAGE, run_python

IMPORTED = """
import sys, threading, time
before = set(sys.modules)
start = time.perf_counter()
import trackside
took = time.perf_counter() - start
import os
print(took * 1000, threading.active_count(), sorted(m for m in set(sys.modules) - before if not m.startswith("trackside")))
"""


def test_the_import_is_quick_and_starts_nothing(tmp_path: Path) -> None:
    best = 1e9
    for _ in range(3):
        done = run_python(IMPORTED)
        assert done.returncode == 0, done.stderr
        took, threads, modules = done.stdout.split(" ", 2)
        best = min(best, float(took))
        assert threads == "1" and modules.strip() in ("[]", "['__future__']")
    print(f"import trackside: {best:.1f} ms")
    assert best < 50
    assert not (tmp_path / "dir").exists() and not (tmp_path / "home" / "state").exists()


def test_heavy_modules_are_not_loaded_by_logging() -> None:
    code = """
import sys, trackside
run = trackside.init(project="p", mode="offline", settings={"silent": True})
run.log({"a": 1})
print([m for m in ("socketio", "psutil", "numpy", "websocket", "urllib.request", "asyncio") if m in sys.modules])
run.finish()
"""
    done = run_python(code)
    assert done.stdout == "[]\n", done.stdout + done.stderr


def test_every_public_name_is_there() -> None:
    import trackside

    for name in ("init", "log", "finish", "login", "Api", "Run", "Settings", "Error", "UsageError"):
        assert getattr(trackside, name) is not None
    assert trackside.run is None and trackside.__version__ == "0.1.0"
    assert f'version = "{trackside.__version__}"' in (PACKAGE / "pyproject.toml").read_text()


def test_no_file_is_longer_than_300_lines() -> None:
    long = {
        path.name: count for path in (PACKAGE / "trackside").glob("*.py") if (count := len(path.read_text().splitlines())) > 300
    }
    assert not long


def test_the_syntax_is_that_of_python_3_9() -> None:
    for path in (PACKAGE / "trackside").glob("*.py"):
        source = path.read_text()
        ast.parse(source, feature_version=(3, 9))
        assert "from __future__ import annotations" in source or not re.search(r": \w+ \| |-> \w+ \| ", source), path.name


def test_the_wheel_holds_the_package_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path / "out"), str(PACKAGE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if "No module named build" in done.stderr:
        import pytest

        pytest.skip("the module `build` is not installed")
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (tmp_path / "out").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "trackside/py.typed" in names and any(name.endswith("LICENSE") for name in names)
    assert all(name.startswith(("trackside/", "trackside-0.1.0.dist-info/")) for name in names)
    (source,) = (tmp_path / "out").glob("*.tar.gz")
    with tarfile.open(source) as archive:
        assert any(name.endswith("trackside/py.typed") for name in archive.getnames())
