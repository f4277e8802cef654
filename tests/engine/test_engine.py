"""Does the engine answer, stay up, fail only what must fail, and never keep anybody waiting?"""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest

from builder.engine import process
from builder.engine.client import Engine
from builder.errors import EngineFailed, Faulty, Unreadable

DENSE = {"id": "d", "type": "Dense", "params": {"units": 2}}
IMAGE = {"id": "image", "type": "InputLayer", "params": {"shape": [3]}}
DESIGN = {"format": "layerloom/1", "nodes": [IMAGE, DENSE], "edges": [{"source": "image", "target": "d"}]}
FAULTY = {"format": "layerloom/1", "nodes": [IMAGE, DENSE | {"params": {}}], "edges": DESIGN["edges"]}
ODD_SERVER = """
import json, os, sys, time
print(json.dumps({"id": -1}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    if request["kind"] == "hang": time.sleep(60)
    if request["kind"] == "die": os._exit(11)
    time.sleep(request.get("sleep", 0))
    print(json.dumps({"id": request["id"], "answer": {"pid": os.getpid(), "kind": request["kind"]}}), flush=True)
"""
"""Answers at once, hangs or dies as it is told: what TensorFlow does only now and then."""


@pytest.fixture(scope="module")
def engine():
    made = Engine()
    made.start()
    yield made
    made.close()


@pytest.fixture
def odd(monkeypatch):
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", ODD_SERVER))
    made = Engine(timeouts_s={"hang": 0.5})
    yield made
    made.close()


def test_starting_and_asking_never_block():
    made = Engine()
    begun = time.monotonic()
    made.start()
    future = made.submit("ann", {"kind": "ping"})
    assert time.monotonic() - begun < 0.1
    assert made.state == "starting"
    made.close()
    with pytest.raises(EngineFailed, match="closed"):
        future.result(5)
    assert made.state == "down"


def test_a_check_comes_back_as_a_report(engine):
    answer = engine.submit("ann", {"kind": "check", "design": DESIGN}).result(60)
    assert answer["ok"]
    assert answer["nodes"]["d"]["shape"] == [2]
    assert engine.state == "ready"


def test_a_project_with_data_needs_no_warning(engine):
    nodes = [IMAGE, {"id": "d", "type": "Normalization"}]
    project = {
        "format": "layerloom-project/1",
        "design": DESIGN | {"nodes": nodes},
        "data": {"source": "iris"},
    }
    assert engine.submit("ann", {"kind": "check", "project": project}).result(60)["issues"] == []
    bare = engine.submit("ann", {"kind": "check", "design": project["design"]}).result(60)
    assert [issue["code"] for issue in bare["issues"]] == ["needs_fit"]
    told = engine.submit("ann", {"kind": "check", "design": project["design"], "has_data": True}).result(60)
    assert told["issues"] == []


def test_code_and_model_files_are_made(engine, tmp_path):
    code = engine.submit("ann", {"kind": "code", "design": DESIGN}).result(60)["code"]
    assert 'layers.Dense(2, name="d")(image)' in code
    path = tmp_path / "model.keras"
    assert (
        engine.submit("ann", {"kind": "build", "design": DESIGN, "path": str(path)}).result(60)["params"] == 8
    )
    assert path.stat().st_size > 1000


def test_faults_arrive_as_issues_and_the_next_request_is_answered(engine):
    with pytest.raises(Faulty) as caught:
        engine.submit("ann", {"kind": "build", "design": FAULTY, "path": "x"}).result(60)
    assert [issue.code for issue in caught.value.issues] == ["missing_argument"]
    with pytest.raises(Unreadable):
        engine.submit("ann", {"kind": "check", "design": "x"}).result(60)
    assert engine.submit("ann", {"kind": "ping"}).result(60)["pid"] == engine.pid


def test_many_threads_ask_at_once_and_each_gets_its_own_answer(engine):
    def width(units):
        design = DESIGN | {"nodes": [IMAGE, DENSE | {"params": {"units": units}}]}
        return engine.submit(f"owner{units % 3}", {"kind": "check", "design": design}).result(60)["nodes"][
            "d"
        ]["shape"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(width, range(1, 41))) == [[units] for units in range(1, 41)]


def test_a_warm_check_takes_milliseconds(engine):
    times = []
    for _ in range(30):
        begun = time.perf_counter()
        engine.submit("ann", {"kind": "check", "design": DESIGN}).result(60)
        times.append(time.perf_counter() - begun)
    assert sorted(times)[len(times) // 2] < 0.05


def test_a_stuck_request_is_ended_and_the_next_one_is_answered(odd):
    pid = odd.submit("ann", {"kind": "ping"}).result(20)["pid"]
    stuck, waiting = odd.submit("ann", {"kind": "hang"}), odd.submit("ben", {"kind": "ping"})
    with pytest.raises(EngineFailed, match=r"longer than 0\.5 s"):
        stuck.result(20)
    assert waiting.result(20)["pid"] != pid


def test_a_request_that_kills_the_process_fails_alone(odd):
    dying, waiting = odd.submit("ann", {"kind": "die"}), odd.submit("ben", {"kind": "ping"})
    with pytest.raises(EngineFailed, match="stopped while it worked on this"):
        dying.result(20)
    assert waiting.result(20)["kind"] == "ping"


def test_a_process_killed_while_it_waits_costs_no_request(odd):
    pid = odd.submit("ann", {"kind": "ping"}).result(20)["pid"]
    os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
    assert odd.submit("ann", {"kind": "ping"}).result(20)["pid"] != pid


def test_a_request_cancelled_before_it_is_sent_is_never_sent(odd):
    odd.submit("ann", {"kind": "ping", "sleep": 0.3})
    dropped = odd.submit("ann", {"kind": "die"})
    assert dropped.cancel()
    assert odd.submit("ann", {"kind": "ping"}).result(20)["kind"] == "ping"
    with pytest.raises(CancelledError):
        dropped.result(1)


def test_time_counts_from_sending_not_from_asking(odd):
    hurried = Engine(timeouts_s={"ping": 0.6})
    try:
        asked = [hurried.submit("ann", {"kind": "ping", "sleep": 0.2}) for _ in range(5)]
        assert [future.result(20)["kind"] for future in asked] == ["ping"] * 5
    finally:
        hurried.close()


def test_a_program_that_does_not_start_is_told_at_once(monkeypatch):
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", "raise SystemExit(3)"))
    made = Engine()
    try:
        with pytest.raises(EngineFailed, match="does not start"):
            made.submit("ann", {"kind": "ping"}).result(20)
        assert made.state == "down"
    finally:
        made.close()


def test_closing_ends_the_process_and_may_be_done_twice(odd):
    pid = odd.submit("ann", {"kind": "ping"}).result(20)["pid"]
    odd.close()
    odd.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(EngineFailed, match="closed"):
        odd.submit("ann", {"kind": "ping"}).result(5)


def test_the_process_ends_when_its_client_is_killed():
    code = (
        "import time; from builder.engine.client import Engine; e = Engine(); "
        "print(e.submit('a', {'kind': 'ping'}).result(60)['pid'], flush=True); time.sleep(60)"
    )
    client = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid = int(client.stdout.readline())
    client.kill()
    client.wait()
    client.stdout.close()
    assert ended(pid, seconds=20)


def ended(pid, seconds):
    """Whether the process is gone, or only waits to be buried by whoever adopted it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_the_client_imports_neither_keras_nor_tensorflow():
    heavy = ("keras", "tensorflow", "sklearn")
    code = f"import sys, builder.engine.client; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
