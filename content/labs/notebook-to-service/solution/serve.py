"""The service behind HTTP. `--dry-run` answers one health check without opening a port."""

from __future__ import annotations

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

from late.service import MAX_BYTES, Service


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artifact", default="artifact.json")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--dry-run", action="store_true")
    given = parser.parse_args()
    with open(given.artifact, encoding="utf-8") as file:
        service = Service(json.load(file))
    if given.dry_run:
        print(service.handle("GET", "/health", {}, "")["body"])
        return
    ThreadingHTTPServer(("", given.port), handler(service)).serve_forever()


def handler(service: Service) -> type[BaseHTTPRequestHandler]:
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            # One byte more than is allowed is enough to be told so.
            length = min(int(self.headers.get("content-length", 0)), MAX_BYTES + 1)
            body = self.rfile.read(length).decode("utf-8", errors="replace")
            with lock:
                response = service.handle(self.command, self.path, dict(self.headers.items()), body)
            self.send_response(response["status"])
            for name, value in response["headers"].items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(response["body"].encode())

        do_GET = do_POST = do_PUT = do_DELETE = _answer

    return Handler


if __name__ == "__main__":
    main()
