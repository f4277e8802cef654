"""`layers`: the catalogue."""

from argparse import ArgumentParser, Namespace

from builder.catalog.lookup import catalog
from builder.commands.answer import EXIT_DONE, Command, print_json


def _arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def _run(options: Namespace) -> int:
    if options.json:
        print_json([layer.model_dump(mode="json") for layer in catalog().layers])
        return EXIT_DONE
    category = ""
    for layer in sorted(catalog().layers, key=lambda layer: layer.category):
        if layer.category != category:
            category = layer.category
            print(f"\n{category}")
        print(f"  {layer.type:<32} {layer.summary}")
    return EXIT_DONE


COMMAND = Command(help="list the layers that can be drawn", arguments=_arguments, run=_run)
