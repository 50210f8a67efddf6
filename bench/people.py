"""Somebody who is signed in, for requests under load."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass
class Visitor:
    """A person's cookies and token."""

    port: int
    cookies: dict[str, str]
    token: str = ""

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """One request outside the measurement; (status, body)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie(), "Accept-Language": "zh"}
        body = None
        if fields is not None:
            body = urlencode({"csrf_token": self.token, **fields})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        text = response.read().decode()
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        self.token = found[1] if found else self.token
        return response.status, text

    def cookie(self) -> str:
        """The Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str, etag: str = "") -> bytes:
        """A GET as a phone sends it."""
        again = f"If-None-Match: {etag}\r\n" if etag else ""
        return (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: zh\r\nAccept-Encoding: br, gzip\r\n"
            f"{again}Cookie: {self.cookie()}\r\n\r\n"
        ).encode()

    def post_json(self, path: str, value: object) -> bytes:
        """A POST as the phone's queue sends it."""
        body = json.dumps(value).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
            f"X-CSRF-Token: {self.token}\r\nContent-Length: {len(body)}\r\nCookie: {self.cookie()}\r\n\r\n"
        )
        return head.encode() + body


def signed_in(port: int, account: dict[str, str]) -> Visitor:
    """The owner of one of the demonstration's accounts."""
    visitor = Visitor(port, {})
    staff = "password" in account and account["password"]
    path = "/sign-in/staff" if staff else "/sign-in"
    visitor.ask("GET", path)
    secret = {"password": account["password"], "code": ""} if staff else {"pin": account["pin"]}
    status, text = visitor.ask("POST", path, {"phone": account["phone"], **secret})
    if status not in (302, 303):
        raise RuntimeError(f"{account['phone']} could not sign in: {status} {text[:300]}")
    visitor.ask("GET", "/me")
    return visitor
