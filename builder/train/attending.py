"""What was asked of a run since last time, and who does it? Commands come in the pulse's thread and wait here.

The thread that trains carries them out between two executions, so that nothing changes under a step.
"""

import os
import time
from collections import deque
from collections.abc import Callable
from enum import Enum

from builder.runs import processes
from builder.runs.records import Command, Event, EventKind, RunState
from builder.runs.store import Store
from builder.train.course import Course
from builder.train.keeping import Keeper
from builder.train.pulse import Pulse
from builder.train.saving import Saver

HOLD_S = 120.0
"""A paused run holds its process so long, to go on at once; then it makes room for others."""
LOOK_S = 0.02


class End(Enum):
    """How training ended."""

    FINISHED = "finished"
    EARLY = "early"
    STOPPED = "stopped"
    PAUSED = "paused"
    """Everything is saved and the process makes room; the run goes on in another one."""


class Leaving(Exception):
    """Training shall end here."""

    def __init__(self, end: End) -> None:
        super().__init__(end.value)
        self.end = end


class Attendant:
    """Carries out what people ask of a run."""

    def __init__(
        self, store: Store, course: Course, pulse: Pulse, saver: Saver, keeper: Keeper, hold_s: float = HOLD_S
    ) -> None:
        self._store, self._course, self._pulse = store, course, pulse
        self._saver, self._keeper, self._hold_s = saver, keeper, hold_s
        self.while_holding: Callable[[], None] = lambda: None
        """Called many times a second while the run is paused."""
        self._asked: deque[Command] = deque()
        self._actions = {"pause": self._pause, "checkpoint": self._keep}
        for name in (*self._actions, "resume"):
            pulse.obey(name, self._asked.append)

    def attend(self) -> None:
        """Carry out what waits; returns when training is to go on.

        Raises:
            Leaving: It is not to go on.
            OSError: The disk is full.
        """
        while not self._pulse.stop.is_set() and self._asked:
            self._obey(self._asked.popleft())
        if self._pulse.stop.is_set():
            raise Leaving(End.STOPPED)

    def _obey(self, command: Command) -> None:
        action = self._actions.get(command.name)
        if action is not None:  # "resume" of what is not paused asks for nothing
            action(command)

    def _keep(self, _: Command) -> None:
        """Save everything now, and keep the epoch at its end; at once where it has just ended."""
        course = self._course
        if course.step == 0 and course.epoch:
            self._saver.keep("asked")
            return
        course.keeps_next = True
        self._saver.save()
        self._tell(EventKind.KEPT, f"Saved. Epoch {course.epoch + 1} will be kept when it ends.")

    def _pause(self, _: Command) -> None:
        """Hold until "resume" or Stop; after a while make room."""
        run_id = self._course.run_id
        if not self._store.update_run(run_id, only_if={RunState.RUNNING}, state=RunState.PAUSED):
            return
        self._course.clock.hold()
        self._tell(EventKind.PAUSED, f"Paused {self._place}.")
        self._saver.save()
        self._hold()
        self._course.clock.go_on()
        if self._store.update_run(run_id, only_if={RunState.PAUSED}, state=RunState.RUNNING):
            self._tell(EventKind.RESUMED, f"Goes on {self._place}.")

    def _hold(self) -> None:
        until = time.monotonic() + self._hold_s
        while not self._pulse.stop.is_set():
            if not self._asked:
                if time.monotonic() > until:
                    self._make_room()
                self.while_holding()
                time.sleep(LOOK_S)
                continue
            command = self._asked.popleft()
            if command.name == "resume":
                return
            if command.name != "pause":
                self._obey(command)
                self._saver.save()

    def _make_room(self) -> None:
        """Save everything and leave, unless somebody asks for something at this very moment."""
        run_id, pid = self._course.run_id, os.getpid()
        self._saver.finish()
        self._keeper.save(self._course.completed)
        self._pulse.flush()
        self._store.update_run(run_id, only_if={RunState.PAUSED}, pid=None, pid_started=None)
        self._pulse.listen()
        if not self._asked and not self._pulse.stop.is_set():
            raise Leaving(End.PAUSED)
        # who asked may have seen that there is no process, and queued the run: then it is theirs
        mine = {"pid": pid, "pid_started": processes.began(pid)}
        if not self._store.update_run(run_id, only_if={RunState.PAUSED, RunState.STOPPING}, **mine):
            raise Leaving(End.PAUSED)

    @property
    def _place(self) -> str:
        return f"in epoch {self._course.epoch + 1}, step {self._course.step}"

    def _tell(self, kind: EventKind, text: str) -> None:
        self._pulse.tell(
            Event(kind=kind, epoch=self._course.epoch + 1, step=self._course.step, text=text),
            seconds=self._course.clock.seconds,
        )
