"""The real app on a port of its own, as `make run` serves it, with a store of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
START_S = 100.0


class Served:
    """A running server; `restart` ends it hard and starts it again on the same store."""

    def __init__(self, home: Path, base: str = "", **environment: str) -> None:
        self.home, self.base, self.environment = home, base, environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def address(self) -> str:
        """Where the start page lies."""
        return f"http://127.0.0.1:{self.port}{self.base}"

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(self.port),
            "--server.baseUrlPath",
            self.base.strip("/"),
        ]
        environment = os.environ | {"LAYERLOOM_HOME": str(self.home)} | self.environment
        log = (self.home / "server.log").open("ab")
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{self.address}/_stcore/health", timeout=2):
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError(f"The server did not answer in {START_S:.0f} s.")

    def restart(self) -> None:
        """Kill it without warning, as a crash would, and start it again."""
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
