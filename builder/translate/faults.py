"""What did Keras object to, and how is that said to a person? Asks the rules in `explain/`, one family a file."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from builder.discovery import constants
from builder.issues import Issue, IssueCode
from builder.translate import explain
from builder.translate.specs import Spec, things_words


@dataclass(frozen=True, slots=True)
class Refusal:
    """What Keras said about one call; the same for all nodes with equal arguments and inputs."""

    said: str
    """The text of the exception."""
    making: bool
    """Whether the layer could not even be made; else it could not take what came in."""
    culprit: str | None = None
    """The argument without which it goes through, where that was found by trying."""
    inner: tuple[Issue, ...] = ()
    """Faults inside a nested network that show with what comes in now; told there, not at the network."""

    @property
    def of_machine(self) -> bool:
        """Whether the machine was short of something, which says nothing about the call."""
        return self.said.startswith(("MemoryError", "ResourceExhaustedError", "RecursionError"))


@dataclass(frozen=True, slots=True)
class Fault:
    """A refusal at one node: everything a rule may speak about."""

    node: str
    """Id of the node, without the path."""
    type: str
    params: Mapping[str, object]
    incoming: tuple[Spec, ...]
    sources: tuple[str, ...]
    """Names of the nodes that the tensors come from."""
    refusal: Refusal

    @property
    def said(self) -> str:
        """Keras' words."""
        return self.refusal.said

    def found(self, pattern: str) -> re.Match[str] | None:
        """The first match of a pattern in Keras' words."""
        return re.search(pattern, self.refusal.said)


@dataclass(frozen=True, slots=True)
class Words:
    """A fault in plain words."""

    message: str
    fix: str | None = None
    argument: str | None = None
    code: IssueCode = IssueCode.SHAPE_MISMATCH


@dataclass(frozen=True, slots=True)
class Rule:
    """One family of faults; `explain` answers None for what is not its business."""

    order: int
    """Smaller is asked first."""
    explain: Callable[[Fault], Words | None]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order they are asked."""
    return tuple(sorted(constants(explain, Rule).values(), key=lambda rule: rule.order))


def issue(fault: Fault, path: str) -> Issue:
    """The one issue that stands for this fault, on the node at `path`."""
    try:
        words = explained(fault)
    except Exception:  # a rule stumbles over odd arguments: the fault must be told all the same
        words = None
    words = words or _plain(fault)
    return Issue(
        code=words.code, node=path, argument=words.argument, message=_one_line(words.message), fix=words.fix
    )


def explained(fault: Fault) -> Words | None:
    """What the first rule says that knows this fault."""
    return next((words for rule in rules() if (words := rule.explain(fault))), None)


def _plain(fault: Fault) -> Words:
    """What can always be said."""
    if fault.refusal.making:
        return Words(f"{fault.node} cannot be made with these arguments.", code=IssueCode.BAD_ARGUMENT)
    return Words(f"{fault.node} cannot work with {came_in(fault.incoming)}.")


def came_in(incoming: Sequence[Spec]) -> str:
    """What comes in, as a list in words."""
    named = [things_words(spec) for spec in incoming]
    return (
        " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named) or "no input"
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())[:400]
