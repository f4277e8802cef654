"""`fork`: a second run from a kept epoch of a first, with one thing changed."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import Command
from builder.commands.following import follow_to_end
from builder.errors import BuilderError
from builder.experiments import fork
from builder.experiments.alteration import Thing
from builder.runs.store import Store


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", help="the run's id")
    parser.add_argument(
        "--epoch", metavar="E", default=fork.BEST, help="a kept epoch: a number, best or last"
    )
    parser.add_argument(
        "--set",
        metavar="KEY=VALUE",
        required=True,
        help=f"the one change: {', '.join(Thing)}, or any key under training",
    )


def _run(options: Namespace) -> int:
    key, equals, value = options.set.partition("=")
    if not equals:
        raise BuilderError(
            f"--set {options.set[:60]} has no value.", remedy="Write --set learning_rate=0.0001."
        )
    store = Store()
    first = store.run(options.run)
    second = fork.fork(store, first, fork.chosen_epoch(first, options.epoch), key, value)
    if second.origin is not None and not options.json:
        print(f"run {second.number}: {fork.described(second.origin)}", flush=True)
    return follow_to_end(store, second, options.json)


COMMAND = Command(help="go on from a kept epoch with one thing changed", arguments=_arguments, run=_run)
