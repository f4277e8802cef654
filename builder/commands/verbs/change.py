"""`change`: change a setting while a run goes on."""

import json
from argparse import ArgumentParser, Namespace

from pydantic import JsonValue

from builder.commands.answer import Command
from builder.commands.ordering import answer, run_argument
from builder.errors import BuilderError
from builder.runs.store import Store
from builder.train import orders
from builder.train.live_change import changes


def _arguments(parser: ArgumentParser) -> None:
    run_argument(parser)
    parser.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        required=True,
        help=f"one of {', '.join(changes())}; frozen=a,b",
    )
    parser.add_argument("--node", metavar="ID", help="the layer, for dropout and l2; left out: all")


def _run(options: Namespace) -> int:
    store = Store()
    for setting, value in map(_pair, options.set):
        orders.change(store, options.run, setting, value, node=options.node)
    return answer(store, options, "takes the change")


def _pair(text: str) -> tuple[str, JsonValue]:
    """`learning_rate=0.001` or `frozen=hidden,digit`.

    Raises:
        BuilderError: There is no `=`.
    """
    setting, found, value = text.partition("=")
    if not found:
        raise BuilderError(f"--set {text[:60]} has no value.", "It is written KEY=VALUE.")
    if setting == "frozen" and not value.startswith("["):
        return setting, [name for name in value.split(",") if name]
    try:
        read: JsonValue = json.loads(value)
    except ValueError:
        return setting, value
    return setting, read


COMMAND = Command(help="change a setting while a run goes on", arguments=_arguments, run=_run)
