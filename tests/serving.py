"""Bare repositories behind real servers, on loopback."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextmanager
def by_path(folder: Path) -> Iterator[str]:
    yield str(folder)


@contextmanager
def reserved_port() -> Iterator[int]:
    """A port that nobody else is given, and that may be listened on with SO_REUSEADDR."""
    with socket.socket() as kept:
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(('127.0.0.1', 0))
        yield int(kept.getsockname()[1])


@contextmanager
def by_daemon(folder: Path) -> Iterator[str]:
    """``git daemon``, which lets everybody push."""
    with reserved_port() as port, subprocess.Popen(
        ['git', 'daemon', '--listen=127.0.0.1', f'--port={port}', '--reuseaddr', '--export-all',
         '--enable=receive-pack', f'--base-path={folder}', folder],
        stderr=subprocess.DEVNULL, start_new_session=True,
    ) as daemon:  # fmt: skip
        _wait_for(port)
        try:
            yield f'git://127.0.0.1:{port}'
        finally:
            os.killpg(daemon.pid, 15)  # its group: it is a child of `git`


def _wait_for(port: int) -> None:
    for _ in range(6000):
        try:
            socket.create_connection(('127.0.0.1', port)).close()
            return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f'nobody listens on {port}')


@contextmanager
def by_http(folder: Path) -> Iterator[str]:
    """``git http-backend`` behind a web server."""

    class Backend(BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'

        def do_GET(self) -> None:
            path, _, query = self.path.partition('?')
            headers = {
                'CONTENT_TYPE': 'Content-Type', 'CONTENT_LENGTH': 'Content-Length',
                'HTTP_CONTENT_ENCODING': 'Content-Encoding', 'GIT_PROTOCOL': 'Git-Protocol',
            }  # fmt: skip
            done = subprocess.run(
                ['git', 'http-backend'], input=self._body(), stdout=subprocess.PIPE,
                env={
                    **os.environ, 'GIT_PROJECT_ROOT': str(folder), 'GIT_HTTP_EXPORT_ALL': '1',
                    'REMOTE_USER': 'ada', 'REQUEST_METHOD': self.command, 'PATH_INFO': path,
                    'QUERY_STRING': query,
                    **{name: self.headers.get(header, '') for name, header in headers.items()},
                },
            )  # fmt: skip
            head, _, body = done.stdout.partition(b'\r\n\r\n')
            rows = [row.split(': ', 1) for row in head.decode().split('\r\n')]
            status = next((value for name, value in rows if name == 'Status'), '200 OK')
            self.send_response(int(status[:3]))
            for name, value in rows:
                if name not in ('Status', 'Content-Length'):
                    self.send_header(name, value)
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def _body(self) -> bytes:
            if self.headers.get('Transfer-Encoding') != 'chunked':
                return self.rfile.read(int(self.headers.get('Content-Length') or 0))
            body = b''
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(('127.0.0.1', 0), Backend)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f'http://127.0.0.1:{server.server_port}'
    finally:
        server.shutdown()
        server.server_close()


SERVERS = {'path': by_path, 'git daemon': by_daemon, 'http-backend': by_http}
