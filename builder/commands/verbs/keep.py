"""`keep`: save a run now and keep its epoch for a fork."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import Command
from builder.commands.ordering import answer, run_argument
from builder.runs.store import Store
from builder.train import orders


def _arguments(parser: ArgumentParser) -> None:
    run_argument(parser)


def _run(options: Namespace) -> int:
    store = Store()
    orders.keep(store, options.run)
    return answer(store, options, "keeps the epoch under way")


COMMAND = Command(
    help="save a run now, and keep the epoch under way for a fork", arguments=_arguments, run=_run
)
