"""Where does a worker come from without three seconds of imports? This process has imported everything, and forks.

`python -m builder.train.zygote`, started by the supervisor. A JSON line comes in for each run, `{"run", "environment",
"log"}`; lines go out: `{"ready": true}`, `{"run", "pid"}`, `{"run", "failed"}`, `{"run", "pid", "exit"}`. It ends when
its stdin closes; its children go on. It imports and builds nothing: a process that has made one layer or done one
operation holds threads that a fork does not take along, and every fork hangs (3 of 3; after imports only, 0 of 60).
"""

import gc
import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

Work = Callable[[list[str]], int]
"""What a child does: takes the arguments of the worker's program, gives its exit code."""


def main(work: Work | None = None) -> int:
    """Import, say that all is ready, and fork a child for each line until stdin closes."""
    answers = os.dup(1)
    os.dup2(2, 1)  # what libraries print must not stand between the answers
    work = work or _imported()
    gc.collect()
    gc.freeze()  # pages that no collection touches stay shared with the children
    Zygote(work, answers).serve()
    return 0


def _imported() -> Work:
    """Everything that a worker will need, imported; nothing is made of it."""
    import keras
    import pandas  # noqa: F401
    import sklearn.datasets
    import tensorflow

    from builder.data import registry
    from builder.train import session, worker
    from builder.translate import ghost, keras_model, model_files, training

    registry.names()
    # parts that come only with their first use
    _ = keras.layers, keras.losses, keras.metrics, keras.optimizers, keras.saving, tensorflow.nest
    _ = session, ghost, keras_model, model_files, training, sklearn.datasets
    return worker.main


class Zygote:
    """Forks children and tells how they end."""

    def __init__(self, work: Work, answers: int) -> None:
        self._work, self._answers = work, answers
        self._children: dict[int, str] = {}
        self._bell, self._ring = os.pipe()
        for end in (self._bell, self._ring):
            os.set_blocking(end, False)

    def serve(self) -> None:
        """Until stdin closes."""
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only so that the bell rings
        signal.set_wakeup_fd(self._ring, warn_on_full_buffer=False)
        self._tell(ready=True)
        unread = b""
        while True:
            readable, _, _ = select.select([0, self._bell], [], [])
            if self._bell in readable:
                os.read(self._bell, 4096)
                self._reap()
            if 0 in readable:
                came = os.read(0, 65536)
                if not came:
                    return
                *lines, unread = (unread + came).split(b"\n")
                for line in lines:
                    self._bear(json.loads(line))

    def _bear(self, order: dict[str, Any]) -> None:
        try:
            pid = os.fork()
        except OSError as error:
            self._tell(run=order["run"], failed=error.strerror or "no room")
            return
        if pid == 0:
            self._live(order)
        self._children[pid] = order["run"]
        self._tell(run=order["run"], pid=pid)

    def _live(self, order: dict[str, Any]) -> NoReturn:
        """Be the worker: in a session of its own, with its own log, and without anything of the parent's."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            for end in (self._answers, self._bell, self._ring):
                os.close(end)
            _redirect(order["log"])
            os.environ.update(order["environment"])  # before TensorFlow looks for devices
            code = self._work([order["run"]])
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)  # what the parent registered for its own end is none of the child's business

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._tell(run=self._children.pop(pid, ""), pid=pid, exit=os.waitstatus_to_exitcode(status))

    def _tell(self, **answer: object) -> None:
        os.write(self._answers, json.dumps(answer).encode() + b"\n")


def _redirect(log: str) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(told, 1)
    os.dup2(told, 2)
    os.close(nothing)
    os.close(told)


if __name__ == "__main__":
    sys.exit(main())
