"""What the server sets up around the pages, so that answers go out at once."""

import socket

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
