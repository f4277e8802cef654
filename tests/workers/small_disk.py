"""A disk of a few megabytes that can be filled: a file system of its own where that is allowed, else a told size."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

SIZE_MB = 64
_TOLD = """
import shutil
from pathlib import Path
_real = shutil.disk_usage
def _told(path):
    found = _real(path)
    return found._replace(free=0) if Path({full!r}).exists() else found
shutil.disk_usage = _told
"""


class SmallDisk:
    """Where `path` lies there is little room."""

    def __init__(self, path: Path, is_mounted: bool) -> None:
        self.path, self._is_mounted = path, is_mounted

    def fill(self, leave: int = 0) -> None:
        """Leave so many bytes free, to a page."""
        filler = os.open(self.path / "filler", os.O_CREAT | os.O_WRONLY)
        with suppress(OSError):
            while self._is_mounted and (leave == 0 or shutil.disk_usage(self.path).free > leave):
                os.write(filler, bytes(4096))
        os.close(filler)

    def free(self) -> None:
        """Let there be room again."""
        (self.path / "filler").unlink()


@contextmanager
def small_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    """A disk for the length of a block; processes that are started within see it as it is."""
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(path)]
    try:
        is_mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        is_mounted = False
    if not is_mounted:  # not root: the started processes are told of a full disk
        told = path.with_name("told")
        told.mkdir()
        (told / "sitecustomize.py").write_text(_TOLD.format(full=str(path / "filler")))
        monkeypatch.setenv("PYTHONPATH", str(told), prepend=os.pathsep)
    try:
        yield SmallDisk(path, is_mounted)
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(path)], check=True)
