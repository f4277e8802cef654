"""A program of its own, since Keras' backend is chosen once a process: prints what training on it comes to, as JSON.

python on_backend.py PROJECT.json WEIGHTS.npz EPOCHS: begins with these weights; where there is no such file, writes it.
"""

import json
import sys
from pathlib import Path

import numpy as np

from builder.project.document import Project
from builder.train.session import open_session


def main(project_file: str, weights_file: str, epochs: str) -> None:
    session = open_session(Project.model_validate_json(Path(project_file).read_text()))
    if Path(weights_file).exists():
        kept = np.load(weights_file)
        session.model.set_weights([kept[name] for name in kept.files])
    else:
        np.savez(weights_file, *session.model.get_weights())
    passes, told = session.passes, [session.passes.evaluate(session.measured)]
    running = []
    for epoch in range(int(epochs)):
        passes.begin(epoch)
        step = 0
        while step < passes.steps:
            done = passes.train(step, min(passes.steps, step + 3))
            step = done.step
        running.append(done.values)
        told.append(passes.evaluate(session.validation))
    choices = {choice.what: choice.value for choice in session.setup.choices}
    facts = {"steps": passes.steps, "rows": session.rows, "policy": session.setup.policy}
    print(json.dumps({"clean": told, "running": running, "choices": choices, **facts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
