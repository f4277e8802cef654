"""Which process answers what needs Keras? This one: warm, one request at a time, JSON lines on stdin and stdout.

`python -m builder.engine.server`. Ends when its stdin closes. Whatever Keras prints goes to stderr: the pipe carries
answers only. The same program serves quick checks and, as a second process, slow jobs.
"""

import gc
import itertools
import json
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from pydantic import JsonValue

from builder.engine import wire
from builder.engine.wire import Answer, Request
from builder.errors import BuilderError, Unreadable

LAST_WORDS_S = 5.0
"""How long a request may go on after the client has gone."""
MOST_MEMORY = 8 * 2**30
"""Bytes of data: the largest network that is built has 4 GB of weights. A limit on addresses would kill TensorFlow."""


def check(request: Request) -> dict[str, JsonValue]:
    """`design` or `project`; a `CheckReport`. `has_data`: rows are chosen, so nothing needs to be warned about."""
    from builder.engine.check import check_document

    report = check_document(
        request.get("project") or request.get("design"), has_data=bool(request.get("has_data"))
    )
    answer: dict[str, JsonValue] = report.model_dump(mode="json")
    return answer


def rehearse(request: Request) -> dict[str, JsonValue]:
    """`design` or `project`; a `CheckReport` that tells what fails only when the network is run."""
    from builder.engine.check import rehearse_document

    report = rehearse_document(request.get("project") or request.get("design"))
    answer: dict[str, JsonValue] = report.model_dump(mode="json")
    return answer


def analysis(request: Request) -> dict[str, JsonValue]:
    """`design` or `project`; an `Analysis`: what each layer holds, costs and sees."""
    from builder.engine.check import analyse_document

    found = analyse_document(request.get("project") or request.get("design"))
    answer: dict[str, JsonValue] = found.model_dump(mode="json")
    return answer


def repairs(request: Request) -> dict[str, JsonValue]:
    """`design` or `project`; a `RepairReport`: what is offered against its faults, tried and found to help."""
    from builder.engine.check import offer_repairs

    report = offer_repairs(request.get("project") or request.get("design"))
    answer: dict[str, JsonValue] = report.model_dump(mode="json")
    return answer


def code(request: Request) -> dict[str, JsonValue]:
    """`design`: a module with the model; `project`: a script that trains it. `{"code": text}`."""
    from builder.project.read import project_from
    from builder.translate.python_code import design_code, project_code

    if request.get("project") is None:
        return {"code": design_code(project_from(request.get("design")).design)}
    project = project_from(request["project"])
    return {"code": project_code(project) if project.data is not None else design_code(project.design)}


def build(request: Request) -> dict[str, JsonValue]:
    """`design` or `project`, and `path`: writes an untrained `.keras` file there. `{"path", "params"}`."""
    from builder.project.read import project_from
    from builder.translate.keras_model import build_model
    from builder.translate.model_files import save_model

    path = request.get("path")
    if not isinstance(path, str):
        raise Unreadable("The request has no path.")
    model = build_model(project_from(request.get("project") or request.get("design")).design)
    save_model(model, Path(path))
    return {"path": path, "params": int(model.count_params())}


def devices(request: Request) -> dict[str, JsonValue]:
    """A `Machine`: what training can compute with."""
    from builder.translate.machine import machine

    answer: dict[str, JsonValue] = machine().model_dump(mode="json")
    return answer


def layers(request: Request) -> dict[str, JsonValue]:
    """The catalogue of layers."""
    from builder.catalog.lookup import catalog

    answer: dict[str, JsonValue] = catalog().model_dump(mode="json")
    return answer


def ping(request: Request) -> dict[str, JsonValue]:
    """Whether somebody is there: `{"pid"}`."""
    return {"pid": os.getpid()}


KINDS: Mapping[str, Callable[[Request], dict[str, JsonValue]]] = {
    "check": check,
    "analysis": analysis,
    "repairs": repairs,
    "rehearse": rehearse,
    "code": code,
    "build": build,
    "devices": devices,
    "layers": layers,
    "ping": ping,
}


def answer(request: Request) -> Answer:
    """The answer to one request; never raises."""
    number = request.get("id")
    request_id = number if isinstance(number, int) else 0
    try:
        kind = str(request.get("kind"))
        if kind not in KINDS:
            raise Unreadable(f"There is no request {kind[:40]!r};", f"there are {', '.join(KINDS)}.")
        return Answer(id=request_id, answer=KINDS[kind](request))
    except Exception as error:
        if not isinstance(error, BuilderError):
            traceback.print_exc()
        return wire.failure(request_id, error)


def main() -> None:
    """Answer until stdin closes."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory()
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, lines), daemon=True).start()
    _warm_up()
    _send(pipe, Answer(id=wire.READY))
    while line := lines.get():
        _send(pipe, _answer_line(line))


def _read(source: BinaryIO, lines: "queue.SimpleQueue[bytes]") -> None:
    """Reads on while a request is being answered, so that a client that has gone is noticed."""
    for line in source:
        lines.put(line)
    lines.put(b"")
    time.sleep(LAST_WORDS_S)
    os._exit(0)


def _answer_line(line: bytes) -> Answer:
    try:
        request = json.loads(line)
    except ValueError:
        return Answer(id=0, failed="The request is not JSON.", unreadable=True)
    return answer(request if isinstance(request, dict) else {})


def _send(pipe: BinaryIO, message: Answer) -> None:
    pipe.write(wire.line(message.model_dump(mode="json", exclude_defaults=True)))
    pipe.flush()


def _limit_memory() -> None:
    """A network that is too large shall fail here, not take the machine with it."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _warm_up() -> None:
    """Import Keras and trace one small network, so that the first real check is quick."""
    nodes: list[JsonValue] = [
        {"id": "image", "type": "InputLayer", "params": {"shape": [4, 4, 1]}},
        {"id": "conv", "type": "Conv2D", "params": {"filters": 1, "kernel_size": 3}},
        {"id": "flat", "type": "Flatten"},
        {"id": "dense", "type": "Dense", "params": {"units": 1}},
    ]
    names = ["image", "conv", "flat", "dense"]
    edges: list[JsonValue] = [{"source": one, "target": two} for one, two in itertools.pairwise(names)]
    answer({"kind": "check", "design": {"format": "layerloom/1", "nodes": nodes, "edges": edges}})
    # Keras and TensorFlow stay: a full collection that looks at all of them took 200 ms, in the middle of a check.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main()
