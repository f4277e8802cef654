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
from builder.train.journal import Entry
from builder.train.keeping import Keeper
from builder.train.live_change import changes, complaint
from builder.train.pulse import Pulse
from builder.train.saving import Saver

HOLD_S = 120.0
"""A paused run holds its process so long, to go on at once; then it makes room for others."""
HOLD_VARIABLE = "LAYERLOOM_HOLD_S"
"""Environment variable: another number of seconds."""
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


def _told_hold_s() -> float:
    told = os.environ.get(HOLD_VARIABLE, "")
    return float(told) if told.replace(".", "", 1).isdecimal() else HOLD_S


class Attendant:
    """Carries out what people ask of a run."""

    def __init__(
        self,
        store: Store,
        course: Course,
        pulse: Pulse,
        saver: Saver,
        keeper: Keeper,
        hold_s: float | None = None,
    ) -> None:
        self._store, self._course, self._pulse = store, course, pulse
        self._saver, self._keeper = saver, keeper
        self._hold_s = _told_hold_s() if hold_s is None else hold_s
        self.while_holding: Callable[[], None] = lambda: None
        """Called many times a second while the run is paused."""
        self.on_change: Callable[[], object] = lambda: None
        """Called after each change: what follows on it cannot be computed again from before."""
        self._asked: deque[Command] = deque()
        self._actions = {"pause": self._pause, "checkpoint": self._keep, "set": self._set}
        for name in (*self._actions, "resume"):
            pulse.obey(name, self._asked.append)

    def attend(self) -> None:
        """Carry out what waits; returns when training is to go on.

        Raises:
            Leaving: It is not to go on.
            OSError: The disk is full.
        """
        course = self._course
        for entry, words in course.settings.come_again(course.epoch, course.step):
            self._tell_change(entry, words, is_again=True)
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

    def _set(self, command: Command) -> None:
        """Change a setting, judged once more: whoever wrote the command may not have."""
        course, given = self._course, command.arguments
        setting, node, value = str(given.get("setting")), given.get("node"), given.get("value")
        node = None if node is None else str(node)
        wrong = complaint(course.session.project, setting, node, value)
        if wrong:
            self._tell(EventKind.NOTE, f"Not changed: {wrong}")
            return
        entry = Entry(epoch=course.epoch, step=course.step, setting=setting, node=node, value=value)
        self._tell_change(entry, course.settings.change(entry))

    def _tell_change(self, entry: Entry, words: str, is_again: bool = False) -> None:
        """An event with the words, from when on it counts, and the number where there is one."""
        change, epoch = changes()[entry.setting], entry.epoch + 1
        begins = entry.step == 0 or change.is_instant
        when = (
            f"epoch {epoch}, step {entry.step}" if entry.step and begins else f"epoch {epoch + (not begins)}"
        )
        value = entry.value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        values = {entry.setting: float(value)} if is_number and isinstance(value, int | float) else {}
        event = Event(
            kind=EventKind.CHANGE, epoch=epoch, step=entry.step, values=values, text=f"{words} from {when}."
        )
        known = self._store.events(self._course.run_id, kinds=[EventKind.CHANGE]) if is_again else []
        is_told = any((e.epoch, e.step, e.text) == (event.epoch, event.step, event.text) for e in known)
        self._pulse.tell(*([] if is_told else [event]), live=dict(self._course.settings.live))
        self.on_change()

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
