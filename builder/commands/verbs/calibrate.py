"""`calibrate`: ten seconds that tell how long training will take on this machine, and how much memory."""

import time
from argparse import Namespace

from builder.commands.answer import EXIT_DONE, EXIT_FAULTY, Command, complain, print_json
from builder.commands.verbs.train import faults, project_of, settings_arguments
from builder.errors import BuilderError
from builder.issues import has_errors
from builder.runs.owners import PERSONAL_OWNER
from builder.runs.records import Purpose, RunRecord
from builder.runs.store import Store
from builder.train import calibration, launch, presence

LOOK_S = 0.1


def _run(options: Namespace) -> int:
    project = project_of(options)
    presence.ensure()
    issues = faults(project)
    if has_errors(issues):
        return complain(issues) or EXIT_FAULTY
    store = Store()
    run = store.create_run(PERSONAL_OWNER, project, purpose=Purpose.CALIBRATE)
    launch.start(store, run.id)
    while not (run := store.run(run.id)).ended:
        time.sleep(LOOK_S)
    if run.measured is None:
        raise BuilderError(run.error or "The calibration was stopped.")
    _say(run, options.json)
    return EXIT_DONE


def _say(run: RunRecord, as_json: bool) -> None:
    measured = run.measured or {}
    if as_json:
        print_json({"run": run.id, "measured": measured})
        return
    print(calibration.words(measured, run.epochs))


COMMAND = Command(help="measure how long training will take here", arguments=settings_arguments, run=_run)
