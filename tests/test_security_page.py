"""SECURITY.md promises nothing without a test that is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "SECURITY.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_the_page_names_is_there(path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text())
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_and_every_surface_names_what_proves_it() -> None:
    rows = [
        line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| What comes in")
    ]
    promises = [row for row in rows if not row.startswith("| Fault ")]
    assert len(promises) > 20
    assert [row[:60] for row in promises if "`tests/" not in row and "`python benchmarks/" not in row] == []


def test_the_benchmarks_that_it_names_are_there() -> None:
    assert all((ROOT / path).is_file() for path in re.findall(r"`python (benchmarks/\w+\.py)`", PAGE))
