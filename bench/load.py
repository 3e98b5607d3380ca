"""Eight clients that ask a server for pages as fast as it gives them.

Each is a process with a plain socket, so that the clients take as little as possible of the machine. A synchronous
gunicorn worker closes after every answer: every request is a new connection, as behind a proxy without keep-alive.
"""

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from bench.servers import HOST
from bench.timing import percentile

CLIENTS = 8
_TIMEOUT = 60  # seconds


@dataclass(frozen=True, slots=True)
class Load:
    """Requests a second over all clients, milliseconds of one request, and answers that were no 200."""

    rate: float
    p50: float
    p95: float
    failed: int


def load(port: int, paths: Sequence[str]) -> Load:
    """Ask every path once, shared out over the clients. Raises RuntimeError when a client dies."""
    context = get_context("fork")
    pipes = [context.Pipe() for _client in range(CLIENTS)]
    clients = [
        context.Process(target=_client, args=(there, port, list(paths[number::CLIENTS])), daemon=True)
        for number, (_here, there) in enumerate(pipes)
    ]
    for client in clients:
        client.start()
    for here, _there in pipes:
        here.recv()  # it is ready
    start = time.perf_counter()
    for here, _there in pipes:
        here.send(True)
    answers = [here.recv() for here, _there in pipes]
    seconds = time.perf_counter() - start
    for client in clients:
        client.join()
    took = [milliseconds for times, _failed in answers for milliseconds in times]
    failed = sum(failed for _times, failed in answers)
    return Load(len(took) / seconds, percentile(took, 0.5), percentile(took, 0.95), failed)


def _client(pipe: Connection, port: int, paths: list[str]) -> None:
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode()
        for path in paths
    ]
    pipe.send(True)
    pipe.recv()
    took = []
    failed = 0
    for request in requests:
        start = time.perf_counter()
        answer = _ask(port, request)
        took.append((time.perf_counter() - start) * 1000)
        failed += b" 200 " not in answer[:20]
    pipe.send((took, failed))


def _ask(port: int, request: bytes) -> bytes:
    """The whole answer: the server closes after it."""
    with socket.create_connection((HOST, port), timeout=_TIMEOUT) as connection:
        connection.sendall(request)
        pieces = []
        while piece := connection.recv(262_144):
            pieces.append(piece)
    return b"".join(pieces)
