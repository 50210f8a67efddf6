"""The site on a real port, for real browsers: the production WSGI stack in a thread of the test's own process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask


class Server(ThreadingMixIn, WSGIServer):
    """A thread a request, as in production."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Without a line for every request."""

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which the app answers for as long as the block lasts."""
    server = make_server("127.0.0.1", 0, app.wsgi_app, server_class=Server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
