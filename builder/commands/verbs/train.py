"""`train`: a real run in a worker process, followed live; it shows up on the Runs page too."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from builder.commands.answer import EXIT_FAULTY, Command, complain, read_project
from builder.commands.following import follow_to_end
from builder.data import registry
from builder.data.starter import default_project
from builder.data.suggest import suggest
from builder.errors import BuilderError
from builder.experiments import compare, seeds
from builder.issues import Issue, has_errors
from builder.project.document import Project
from builder.project.settings import with_optimizer, with_settings
from builder.runs.owners import PERSONAL_OWNER
from builder.runs.store import Store
from builder.train import launch, limits, presence
from builder.translate import room
from builder.translate.fitting import misfits


def _arguments(parser: ArgumentParser) -> None:
    settings_arguments(parser)
    parser.add_argument("--seeds", metavar="K", help="train K times, each with another seed")


def settings_arguments(parser: ArgumentParser) -> None:
    """What names a project and changes its settings, for every command that trains."""
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


def faults(project: Project) -> list[Issue]:
    """What keeps this project from being trained, with all that is worth a warning."""
    from builder.translate.ghost import check

    report = check(project.design, has_data=project.data is not None)
    found = [*report.issues, *misfits(project, report)]
    if has_errors(found):
        return found
    lacking = room.lacking(project, report, limits.limits().memory_mb)
    if lacking:
        return lacking
    # Once before a run is made: what Keras refuses only when it runs. A third of a second for ResNet50.
    return list(check(project.design, has_data=True, thorough=True).issues)


def _run(options: Namespace) -> int:
    project = project_of(options)
    presence.ensure()  # it gets warm while the network is looked over
    issues = faults(project)
    if has_errors(issues):
        return complain(issues) or EXIT_FAULTY
    store = Store()
    if options.seeds is not None:
        return _series(store, project, options)
    run = store.create_run(PERSONAL_OWNER, project)
    launch.start(store, run.id)
    return follow_to_end(store, run, options.json)


def _series(store: Store, project: Project, options: Namespace) -> int:
    """Several runs, told one after the other, and what they reached together."""
    series = seeds.begin(store, PERSONAL_OWNER, project, _count(options.seeds))
    codes = [follow_to_end(store, run, options.json) for run in series.runs]
    runs = [store.run(run.id) for run in series.runs]
    if options.json:
        print(
            json.dumps({"kind": "series", "series": series.id, "runs": [run.id for run in runs]}), flush=True
        )
    else:
        print(f"{compare.summary(compare.side_of(runs))}\nseries {series.id}")
    return max(codes)


def _count(text: str) -> int:
    if text.isdecimal() and len(text) < 10:
        return int(text)
    raise BuilderError(f"--seeds {text[:60]} is no whole number.", "", f"Try --seeds {seeds.USUAL}.")


COMMAND = Command(help="train a network and follow it live", arguments=_arguments, run=_run)
