"""`resume`: let a run go on exactly where it was, or train it for more epochs."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import Command
from builder.commands.ordering import answer, run_argument
from builder.runs.store import Store
from builder.train import orders


def _arguments(parser: ArgumentParser) -> None:
    run_argument(parser)
    parser.add_argument("--more", metavar="N", type=int, help="so many epochs more than it has trained")


def _run(options: Namespace) -> int:
    store = Store()
    if options.more is None:
        orders.resume(store, options.run)
    else:
        orders.extend(store, options.run, options.more)
    return answer(store, options, "goes on")


COMMAND = Command(
    help="let a run go on after a pause, a stop or a death; with --more, for more epochs",
    arguments=_arguments,
    run=_run,
)
