"""`stop`: end a run and keep what it learned."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import EXIT_DONE, Command, print_json
from builder.runs.store import Store
from builder.train import launch


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", help="the run's id")


def _run(options: Namespace) -> int:
    store = Store()
    launch.stop(store, options.run)
    run = store.run(options.run)
    if options.json:
        print_json({"run": run.id, "state": run.state})
    else:
        print(f"run {run.number}: {run.state}")
    return EXIT_DONE


COMMAND = Command(help="end a run and keep what it learned", arguments=_arguments, run=_run)
