"""A long line between browser and server: everything arrives late, in order, and it can be cut."""

import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 65_536


class Late:
    """Listens on a port of its own and hands everything on to another one, `delay_s` later in each direction."""

    def __init__(self, port: int, delay_s: float) -> None:
        self._target, self.delay_s = port, delay_s
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the start page lies, seen through the line."""
        return f"http://127.0.0.1:{self.port}"

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _ = self._listening.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self._target))
                except OSError:  # it is being started again
                    browser.close()
                    continue
                self._carry(browser, server)
                self._carry(server, browser)

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        held: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        threading.Thread(target=_take, args=(source, held), daemon=True).start()
        threading.Thread(target=self._give, args=(held, target), daemon=True).start()

    def _give(self, held: "queue.SimpleQueue[tuple[float, bytes]]", target: socket.socket) -> None:
        with suppress(OSError):
            while True:
                came, data = held.get()
                time.sleep(max(0.0, came + self.delay_s - time.monotonic()))
                if not data:
                    target.shutdown(socket.SHUT_RDWR)
                    return
                target.sendall(data)

    def close(self) -> None:
        """Listen no more."""
        self._listening.close()


def _take(source: socket.socket, held: "queue.SimpleQueue[tuple[float, bytes]]") -> None:
    data = b"begin"
    while data:
        try:
            data = source.recv(CHUNK)
        except OSError:
            data = b""
        held.put((time.monotonic(), data))


@contextmanager
def late(port: int, delay_s: float) -> Iterator[Late]:
    """A line to that port for the length of a block."""
    line = Late(port, delay_s)
    yield line
    line.close()
