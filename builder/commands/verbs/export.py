"""`export`: take a network or a trained run away."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from builder.commands.answer import EXIT_DONE, Command, print_json, read_project, write_file
from builder.commands.verbs.code import code_of
from builder.errors import BuilderError, NotFound
from builder.project.document import Project
from builder.runs import artifacts
from builder.runs.store import Store
from builder.runs.tensorboard import export as tensorboard

_FORMATS = ("keras", "python", "json", "tensorboard")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", metavar="RUN|FILE", help="a run's id, or a design or project file")
    parser.add_argument("--format", required=True, choices=list(_FORMATS), help="what to write")
    parser.add_argument(
        "-o",
        dest="output",
        metavar="PATH",
        required=True,
        help="where to; tensorboard: a folder for --logdir, or a .zip",
    )


def _run(options: Namespace) -> int:
    run_id = None if Path(options.what).exists() else _run_id(options.what)
    project = Store().run(run_id).project if run_id else read_project(options.what)
    if options.format == "tensorboard":
        _curves(run_id, options.output)
    elif options.format == "keras" and run_id:
        write_file(options.output, artifacts.model_file(run_id).read_bytes())
    elif options.format == "keras":
        _untrained(project, options.output)
    elif options.format == "python":
        write_file(options.output, code_of(project).encode())
    else:
        write_file(options.output, (project.design.model_dump_json(indent=1) + "\n").encode())
    if options.json:
        print_json({"file": options.output, "format": options.format, "run": run_id})
    return EXIT_DONE


def _run_id(text: str) -> str:
    try:
        return Store().run(text).id
    except NotFound as missing:
        raise NotFound(
            f"{text[:80]} is neither a file nor a run.", remedy="See: python -m builder runs."
        ) from missing


def _curves(run_id: str | None, output: str) -> None:
    if run_id is None:
        raise NotFound(
            "Only a run has curves; this is a file.", remedy="Name a run: python -m builder runs lists them."
        )
    store = Store()
    run = store.run(run_id)
    if output == "-" or output.endswith(".zip"):
        write_file(output, tensorboard.zipped(store, run))
        return
    for path, content in tensorboard.event_files(store, run).items():
        target = Path(output) / path
        _make_folder(target.parent)
        write_file(str(target), content)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BuilderError(
            f"{folder} cannot be made: {(error.strerror or 'unknown reason').lower()}."
        ) from None


def _untrained(project: Project, output: str) -> None:
    from builder.translate.keras_model import build_model
    from builder.translate.model_files import save_model

    save_model(build_model(project.design), Path(output))


COMMAND = Command(help="take a network or a trained run away", arguments=_arguments, run=_run)
