"""Do failures cross the pipe as what they were, and only with words meant for people?"""

import pytest

from builder.engine import server, wire
from builder.engine.wire import Answer
from builder.errors import EngineFailed, Faulty, Unreadable
from builder.issues import Issue, IssueCode

ISSUE = Issue(code=IssueCode.CYCLE, node="a", message="The wires run in a circle.")


@pytest.mark.parametrize(
    "error",
    [Faulty([ISSUE]), Unreadable("Not JSON."), EngineFailed("Too slow.")],
    ids=lambda error: type(error).__name__,
)
def test_an_error_of_ours_arrives_as_it_was(error):
    answer = Answer.model_validate_json(wire.line(wire.failure(3, error).model_dump(mode="json")))
    assert (answer.id, type(answer.error()), str(answer.error())) == (3, type(error), str(error))


def test_words_of_others_do_not_cross():
    answer = wire.failure(1, ValueError("/home/somebody/secret"))
    assert "secret" not in str(answer.error())
    assert "ValueError" in str(answer.error())


def test_too_little_memory_is_said():
    assert "memory" in str(wire.failure(1, MemoryError()).error())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "not JSON"),
        (b"[]", "There is no request 'None'"),
        (b'{"kind": "__import__"}', "There is no request"),
        (b'{"kind": "build", "design": {}}', "has no path"),
        (b'{"kind": "check"}', "format"),
        (b'{"kind": "check", "design": {"format": "layerloom/99"}}', "reads up to"),
    ],
)
def test_a_bad_request_is_answered_in_words(line, words):
    answer = server._answer_line(line)
    assert answer.answer is None
    assert words in str(answer.error())


def test_the_catalogue_and_a_sign_of_life_are_answered():
    assert server.answer({"kind": "ping"}).answer["pid"] > 0
    assert len(server.answer({"kind": "layers", "id": 5}).answer["layers"]) > 100
