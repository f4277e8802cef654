"""`show`: one run with its history."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import EXIT_DONE, Command, print_json
from builder.figures.runs_table import best_score
from builder.runs import artifacts, frames
from builder.runs.records import EventKind
from builder.runs.store import Store

ALL = 1_000_000
"""More epochs than any run may have."""


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", help="the run's id")


def _run(options: Namespace) -> int:
    store = Store()
    run = store.run(options.run)
    events = store.events(run.id, limit=ALL, kinds=[EventKind.EPOCH])
    if options.json:
        print_json(
            {
                "run": run.id,
                "state": run.state,
                "error": run.error,
                "project": run.project.model_dump(mode="json"),
                "history": frames.history(events),
                "initial": frames.initial(events),
                "best": run.best,
                "test": run.test,
                "artifacts": artifacts.sizes(run.id),
            }
        )
        return EXIT_DONE
    print(
        f"run {run.number} of {run.name}: {run.state}, {run.epoch} of {run.epochs} epochs. {best_score(run)}"
    )
    if run.error:
        print(run.error)
    for metric, values in frames.history(events).items():
        print(f"{metric:<20} {' '.join(f'{value:.4g}' for value in values[-8:])}")
    return EXIT_DONE


COMMAND = Command(help="one run with its history", arguments=_arguments, run=_run)
