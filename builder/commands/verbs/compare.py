"""`compare`: is the difference between two runs, or two series, more than luck?"""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from builder.commands.answer import EXIT_DONE, Command, print_json
from builder.experiments import compare
from builder.experiments.compare import Comparison, Side
from builder.runs.store import Store


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("runs", metavar="RUN", nargs=2, help="the id of a run or of a series")


def _run(options: Namespace) -> int:
    store = Store()
    found = compare.compare(*(compare.side(store, name, None) for name in options.runs))
    if options.json:
        print_json(_facts(found))
    else:
        print("\n".join([found.words, *found.remarks]))
    return EXIT_DONE


def _facts(found: Comparison) -> dict[str, object]:
    sides = [
        _side(one, values) for one, values in zip((found.first, found.second), found.values, strict=True)
    ]
    return {
        "metric": found.measured.metric,
        "part": found.measured.part,
        "rows": found.measured.rows,
        "sides": sides,
        "method": found.method,
        "difference": asdict(found.difference) if found.difference else None,
        "more_than_luck": found.is_more_than_luck if found.difference else None,
        "words": found.words,
        "remarks": list(found.remarks),
    }


def _side(side: Side, values: tuple[float, ...]) -> dict[str, object]:
    return {"label": side.label, "runs": [run.id for run in side.runs], "values": list(values)}


COMMAND = Command(help="tell whether a difference is more than luck", arguments=_arguments, run=_run)
