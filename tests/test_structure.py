"""The rules that no linter knows: what the page process may hold, and how code is laid out."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("tensorflow", "keras", "torch", "jax")
PAGES = sorted((ROOT / "pages").glob("*_page.py"))
OPEN_A_PAGE = """
import sys
from streamlit.testing.v1 import AppTest
at = AppTest.from_file({frame!r}, default_timeout=120)
at.run()
at.switch_page({page!r})
at.run()
assert not at.exception, at.exception
print(sorted(name for name in sys.modules if name.partition(".")[0] in {heavy!r})[:5])
"""


def python(code: str, home: Path) -> str:
    import os

    environment = os.environ | {"LAYERLOOM_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_opening_a_page_in_a_fresh_process_loads_no_tensorflow_and_no_keras(
    page: Path, tmp_path: Path
) -> None:
    code = OPEN_A_PAGE.format(frame=str(ROOT / "builder" / "frame.py"), page=str(page), heavy=HEAVY)
    assert python(code, tmp_path) == "[]"


def test_importing_the_app_loads_no_tensorflow_and_no_keras(tmp_path: Path) -> None:
    code = f"import sys, app; print(sorted(n for n in sys.modules if n.partition('.')[0] in {HEAVY!r})[:5])"
    assert python(code, tmp_path) == "[]"


def test_app_py_holds_the_line_that_streamlit_looks_for() -> None:
    assert "\napp = st.App(" in (ROOT / "app.py").read_text()


@pytest.mark.parametrize("page", [*PAGES, ROOT / "app.py"], ids=lambda page: page.name)
def test_a_page_is_a_short_script_without_classes_or_session_state(page: Path) -> None:
    text = page.read_text()
    assert len(text.splitlines()) <= 60
    assert "session_state" not in text
    assert not [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ClassDef)]


def test_session_state_is_touched_in_one_place_only() -> None:
    touching = {
        path.relative_to(ROOT / "builder").parts[:2]
        for path in (ROOT / "builder").rglob("*.py")
        if "st.session_state" in path.read_text()
    }
    assert {place for place in touching if place[0] != "components"} == {("ui", "state.py")}


def test_packages_have_empty_init_files() -> None:
    assert [str(path) for path in (ROOT / "builder").rglob("__init__.py") if path.read_text().strip()] == []


def test_only_the_run_store_speaks_sql() -> None:
    speaking = [path for path in (ROOT / "builder").rglob("*.py") if ".execute(" in path.read_text()]
    assert {path.parent.name for path in speaking} == {"runs"}


def test_nothing_is_fetched_from_elsewhere() -> None:
    served = [
        *(ROOT / "builder" / "ui").glob("*.py"),
        *(ROOT / "pages").glob("*.py"),
        ROOT / ".streamlit" / "config.toml",
    ]
    served += list((ROOT / "builder" / "components").glob("*/*.py"))
    for path in served:
        addresses = re.findall(r"https?://[\w.-]+", path.read_text())
        assert set(addresses) <= {"http://www.w3.org"}, path
