"""`runs`: what was trained."""

from argparse import ArgumentParser, Namespace

from builder.commands.answer import EXIT_DONE, Command, print_json
from builder.figures.runs_table import best_score
from builder.runs.records import RunRecord
from builder.runs.store import Store


def _arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def summary(run: RunRecord) -> dict[str, object]:
    """A run without its history, as `--json` lists it."""
    facts = run.model_dump(mode="json", exclude={"project", "owner", "pid", "pid_started", "heartbeat_at"})
    return {"run": facts.pop("id"), **facts, "name": run.name, "project": run.project.model_dump(mode="json")}


def _run(options: Namespace) -> int:
    found = Store().runs(None)
    if options.json:
        print_json([summary(run) for run in found])
        return EXIT_DONE
    for run in found:
        print(
            f"{run.id}  run {run.number:<4} {run.name:<24} {run.state:<9} {run.epoch}/{run.epochs}  {best_score(run)}"
        )
    if not found:
        print("Nothing has run yet.")
    return EXIT_DONE


COMMAND = Command(help="list the runs", arguments=_arguments, run=_run)
