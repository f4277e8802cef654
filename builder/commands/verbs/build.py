"""`build`: an untrained Keras model file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from builder.commands.answer import EXIT_DONE, Command, complain, print_json, read_project


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a design or project")
    parser.add_argument("-o", dest="output", metavar="MODEL.keras", required=True, help="where to")


def _run(options: Namespace) -> int:
    from builder.translate.ghost import check
    from builder.translate.keras_model import build_model
    from builder.translate.model_files import save_model

    project = read_project(options.file)
    model = build_model(project.design)
    save_model(model, Path(options.output))
    complain(check(project.design).issues)
    if options.json:
        print_json({"file": options.output, "params": model.count_params()})
    else:
        print(f"{options.output}: {model.count_params()} parameters, untrained")
    return EXIT_DONE


COMMAND = Command(help="write an untrained Keras model", arguments=_arguments, run=_run)
