"""What is told after something was asked of a run?"""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import EXIT_DONE, print_json
from builder.runs.store import Store


def run_argument(parser: ArgumentParser) -> None:
    """The run that is meant."""
    parser.add_argument("run", metavar="RUN", help="the run's id")


def answer(store: Store, options: Namespace, what: str) -> int:
    """Say that the run was asked; it obeys within a second."""
    run = store.run(options.run)
    if options.json:
        print_json({"run": run.id, "state": run.state, "epochs": run.epochs})
    else:
        print(f"run {run.number} {what}")
    return EXIT_DONE
