"""What the server sets up around the pages, so that answers go out at once."""

import socket

import pytest
from streamlit import config

from builder.ui import server


def test_a_listening_socket_made_as_streamlit_makes_it_sends_small_messages_at_once() -> None:
    with socket.socket(family=socket.AF_INET) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server.send_at_once()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_no_full_garbage_collection_holds_up_the_answer_after_each_edit() -> None:
    assert config.get_option("runner.postScriptGC") is False


@pytest.mark.parametrize(
    ("mode", "address", "set_before", "then"),
    [
        ("personal", "127.0.0.1", [], ["127.0.0.1", "::1", "localhost"]),
        ("personal", "127.0.0.1", ["lab.example"], ["lab.example"]),
        ("personal", "0.0.0.0", [], []),
        ("classroom", "127.0.0.1", [], []),
    ],
)
def test_pages_of_other_names_cannot_talk_to_a_server_for_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, mode: str, address: str, set_before: list[str], then: list[str]
) -> None:
    from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

    monkeypatch.setenv("LAYERLOOM_MODE", mode)
    before = {name: config.get_option(name) for name in ("server.address", "server.allowedHosts")}
    try:
        config.set_option("server.address", address)
        config.set_option("server.allowedHosts", set_before)
        server.answer_own_names_only()
        assert config.get_option("server.allowedHosts") == then
        assert is_host_allowed("evil.example:8501") == (not then)
        assert is_host_allowed("[::1]:8501") == is_host_allowed("localhost:8501") == (then != ["lab.example"])
    finally:
        for name, value in before.items():
            config.set_option(name, value)
