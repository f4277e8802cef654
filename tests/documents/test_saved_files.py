"""Files saved by every version stay here for ever, and open for ever."""

from pathlib import Path

import pytest

from builder.project.read import read_document

FILES = sorted(Path(__file__).parent.glob("v*/*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_saved_by_an_earlier_version_still_opens(path: Path) -> None:
    project = read_document(path.read_bytes())
    assert project.design.nodes
    assert read_document(project.model_dump_json()) == project
