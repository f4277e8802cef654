"""`train`: a real run in a worker process, followed live; it shows up on the Runs page too."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from builder.commands.answer import EXIT_DONE, EXIT_FAILED, EXIT_FAULTY, Command, complain, read_project
from builder.commands.progress import ProgressLine
from builder.data import registry
from builder.data.starter import default_project
from builder.data.suggest import suggest
from builder.errors import BuilderError
from builder.issues import Issue, has_errors
from builder.project.document import Project
from builder.project.settings import with_optimizer, with_settings
from builder.runs.owners import PERSONAL_OWNER
from builder.runs.records import Event, EventKind, RunRecord, RunState
from builder.runs.store import Store
from builder.train import follow, launch
from builder.translate.fitting import misfits


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a design or project; left out: a network that fits the data"
    )
    parser.add_argument("--data", metavar="NAME", help=f"one of {', '.join(registry.names())}")
    parser.add_argument("--target", metavar="COL", help="the column to predict")
    parser.add_argument("--epochs", metavar="N", help="times that every training row is seen")
    parser.add_argument("--batch-size", metavar="N", help="rows between two updates of the weights")
    parser.add_argument("--learning-rate", metavar="X", help="size of each step downhill")
    parser.add_argument("--optimizer", metavar="NAME", help="Adam, AdamW, SGD or RMSprop")
    parser.add_argument("--seed", metavar="N", help="same seed, same start and same order of rows")
    parser.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], help="any key under training"
    )


def project_of(options: Namespace) -> Project:
    """The project that the options describe.

    Raises:
        BuilderError: A file, data set or setting is not there or not right.
    """
    if options.file is None:
        if options.data is None:
            raise BuilderError("There is neither a FILE nor --data.", remedy="Name one: train --data digits.")
        project = default_project(options.data)
    else:
        project = read_project(options.file)
    project = _with_data(project, options)
    training = project.training
    if options.optimizer is not None:
        training = with_optimizer(training, options.optimizer)
    return project.model_copy(update={"training": with_settings(training, _pairs(options))})


def _with_data(project: Project, options: Namespace) -> Project:
    """Another data set than the file's: losses and metrics are chosen anew, the drawing stays as it is."""
    if options.data is not None and (project.data is None or project.data.source != options.data):
        fitted = suggest(project, registry.card(options.data)).project
        project = fitted.model_copy(update={"design": project.design})
    if options.target is not None and project.data is not None:
        project = project.model_copy(
            update={"data": project.data.model_copy(update={"target": options.target})}
        )
    return project


def _pairs(options: Namespace) -> Iterator[tuple[str, str]]:
    short = {
        "epochs": options.epochs,
        "batch_size": options.batch_size,
        "optimizer.params.learning_rate": options.learning_rate,
        "seed": options.seed,
    }
    yield from ((key, value) for key, value in short.items() if value is not None)
    for text in options.set:
        key, equals, value = text.partition("=")
        if not equals:
            raise BuilderError(f"--set {text[:60]} has no value.", remedy="Write --set epochs=20.")
        yield key, value


def _faults(project: Project) -> list[Issue]:
    from builder.translate.ghost import check

    report = check(project.design, has_data=project.data is not None)
    faults = [*report.issues, *misfits(project, report)]
    if has_errors(faults):
        return faults
    # Once before a run is made: what Keras refuses only when it runs. A third of a second for ResNet50.
    return list(check(project.design, has_data=True, thorough=True).issues)


def _run(options: Namespace) -> int:
    project = project_of(options)
    issues = _faults(project)
    if has_errors(issues):
        return complain(issues) or EXIT_FAULTY
    store = Store()
    run = store.create_run(PERSONAL_OWNER, project)
    launch.start(store, run.id)
    teller = _Teller(store, run, options.json)
    try:
        teller.tell_until_end()
    except KeyboardInterrupt:
        launch.stop(store, run.id)
        print(f"\nStopping; run {run.id} keeps what it learned.", file=sys.stderr)
        teller.tell_until_end()
    ended = store.run(run.id)
    _say_end(ended, options.json)
    return EXIT_FAILED if ended.state in (RunState.FAILED, RunState.LOST) else EXIT_DONE


class _Teller:
    """Tells each event once, also when it was interrupted in between."""

    def __init__(self, store: Store, run: RunRecord, as_json: bool) -> None:
        self._store, self._run = store, run
        self._line = None if as_json else ProgressLine(run)
        self._seq = 0

    def tell_until_end(self) -> None:
        for event in follow.follow(self._store, self._run.id, self._seq):
            self._seq = event.seq
            if self._line is not None:
                self._line.show(event)
            elif event.kind not in (EventKind.FINISHED, EventKind.FAILED):
                print(json.dumps(_told(self._run.id, event)), flush=True)


def _told(run_id: str, event: Event) -> dict[str, object]:
    facts: dict[str, object] = {"kind": event.kind.value, "run": run_id, "at": event.at}
    if event.epoch is not None:
        facts["epoch"] = event.epoch
    if event.step is not None:
        facts["step"] = event.step
    if event.values:
        facts["metrics"] = event.values
    return facts | ({"text": event.text} if event.text else {})


def _say_end(ended: RunRecord, as_json: bool) -> None:
    failed = ended.state in (RunState.FAILED, RunState.LOST)
    if as_json:
        kind = "failed" if failed else "finished"
        facts = {
            "state": ended.state.value,
            "error": ended.error,
            "metrics": ended.metrics,
            "best": ended.best,
        }
        print(json.dumps({"kind": kind, "run": ended.id, **facts, "test": ended.test}), flush=True)
    elif failed:
        print(ended.error or "The run failed.", file=sys.stderr)
    else:
        scores = "  ".join(f"{name} {value:.4f}" for name, value in (ended.metrics or {}).items())
        print(f"{ended.state} after epoch {ended.epoch}: {scores}\nrun {ended.id}")


COMMAND = Command(help="train a network and follow it live", arguments=_arguments, run=_run)
