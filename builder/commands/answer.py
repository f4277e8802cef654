"""How does a command speak? JSON for programs, lines for people; files whole or not at all."""

import json
import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from builder.errors import BuilderError, Unreadable
from builder.issues import Issue, Severity
from builder.project import read
from builder.project.document import Project

EXIT_DONE = 0
EXIT_FAULTY = 1
EXIT_UNREADABLE = 2
EXIT_FAILED = 3


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `python -m builder`; its file's name is the word."""

    help: str
    arguments: Callable[[ArgumentParser], None]
    """Declares what the command takes."""
    run: Callable[[Namespace], int]
    """Does it and returns the exit code."""


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    print(json.dumps(plain, indent=1, allow_nan=False))


def complain(issues: Iterable[Issue]) -> int:
    """Say each issue on stderr, one line each; the exit code that follows."""
    code = EXIT_DONE
    for issue in issues:
        if issue.severity is not Severity.INFO:
            print(f"{issue.severity}: {' '.join(issue.line.split())}", file=sys.stderr)
        if issue.severity is Severity.ERROR:
            code = EXIT_FAULTY
    return code


def read_file(path: str) -> bytes:
    """The content of a file that a person named; `-` is standard input.

    Raises:
        Unreadable: It is missing, a folder, or may not be read.
    """
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {(error.strerror or 'no such file').lower()}.") from None


def read_project(path: str) -> Project:
    """The project (or bare design) in a file that a person named."""
    return read.read_document(read_file(path))


def write_file(path: str, content: bytes) -> None:
    """Write beside and rename, so that a full disk never leaves half a file; `-` is standard output.

    Raises:
        BuilderError: The folder is missing, full or may not be written.
    """
    if path == "-":
        sys.stdout.buffer.write(content)
        return
    target = Path(path)
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).chmod(0o644)
        Path(file.name).replace(target)
    except OSError as error:
        raise BuilderError(
            f"{path} cannot be written: {(error.strerror or 'unknown reason').lower()}."
        ) from None
