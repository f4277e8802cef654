"""`pause`: hold a run where it is."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import Command
from builder.commands.ordering import answer, run_argument
from builder.runs.store import Store
from builder.train import orders


def _arguments(parser: ArgumentParser) -> None:
    run_argument(parser)


def _run(options: Namespace) -> int:
    store = Store()
    orders.pause(store, options.run)
    return answer(store, options, "pauses")


COMMAND = Command(help="hold a run where it is; `resume` lets it go on", arguments=_arguments, run=_run)
