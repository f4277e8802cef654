"""Which commands are there? One file in `verbs/` each; the parser is made from them."""

from argparse import ArgumentParser
from importlib.metadata import PackageNotFoundError, version

from builder.commands import verbs
from builder.commands.answer import Command
from builder.discovery import constants


def parser() -> ArgumentParser:
    """The parser of `python -m builder`; `options.command` runs what was chosen."""
    top = ArgumentParser(prog="python -m builder", description="Layerloom without a browser.")
    top.add_argument("--version", action="version", version=f"layerloom {_version()}")
    words = top.add_subparsers(required=True, metavar="COMMAND")
    for word, command in constants(verbs, Command).items():
        one = words.add_parser(word, help=command.help, description=command.help)
        one.add_argument("--json", action="store_true", help="answer in JSON")
        command.arguments(one)
        one.set_defaults(command=command.run)
    return top


def _version() -> str:
    try:
        return version("builder")
    except PackageNotFoundError:
        return "from source"
