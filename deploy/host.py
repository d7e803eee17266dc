"""The one file that speaks with a host: a comment and an issue that are updated in place, and a file of another run.

Host-specific: GitHub and GitLab, and any host with the API of either. Standard library only: nothing is installed
for it. Tokens come from the environment; everything from a proposal is data.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

LARGEST = 2_000_000
LONGEST = 65_000
PAGES = 20


class HostError(Exception):
    """Something that the log shall say in one line."""


def call(method: str, url: str, headers: Mapping[str, str], body: object = None) -> bytes:
    """One request. The token is not carried along where the host leads elsewhere."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data=data, method=method, headers={"Accept": "application/json"})
    if data is not None:
        request.add_header("Content-Type", "application/json")
    for name, value in headers.items():
        request.add_unredirected_header(name, value)
    try:
        with urlopen(request, timeout=60) as answer:
            found: bytes = answer.read(LARGEST + 1)
    except HTTPError as error:
        raise HostError(f"{method} {url}: {error.code}") from None
    except URLError as error:
        raise HostError(f"{method} {url}: {error.reason}") from None
    if len(found) > LARGEST:
        raise HostError(f"{url}: lebih dari {LARGEST} bita")
    return found


class Host:
    """An API below `base`, asked with `headers`, that answers with JSON and lists in pages of a hundred."""

    base: str
    headers: dict[str, str]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        return json.loads(call(method, self.base + path, self.headers, body) or b"null")

    def all(self, path: str) -> Iterator[dict[str, Any]]:
        mark = "&" if "?" in path else "?"
        for page in range(1, PAGES + 1):
            found = self.ask("GET", f"{path}{mark}per_page=100&page={page}")
            yield from found
            if len(found) < 100:
                return


class GitHub(Host):
    """Needs GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL."""

    def __init__(self) -> None:
        self.base = f"{variable('GITHUB_API_URL')}/repos/{variable('GITHUB_REPOSITORY')}"
        self.headers = {"Authorization": f"Bearer {variable('GITHUB_TOKEN')}", "X-GitHub-Api-Version": "2022-11-28"}

    def proposal(self, head: str, commit: str) -> str:
        """The open request from that branch that stands at that commit: the host's word, not the proposal's."""
        for request in self.ask("GET", "/pulls?" + urlencode({"state": "open", "head": head})):
            if request["head"]["sha"] == commit:
                return str(request["number"])
        raise HostError("Usulannya sudah ditutup atau sudah berubah; tanggapannya ditulis oleh putaran berikutnya.")

    def comment(self, number: str, marker: str, body: str) -> str:
        for old in self.all(f"/issues/{number}/comments"):
            if old["user"]["type"] == "Bot" and old["body"].startswith(marker):
                self.ask("PATCH", f"/issues/comments/{old['id']}", {"body": body})
                return "diperbarui"
        self.ask("POST", f"/issues/{number}/comments", {"body": body})
        return "ditulis"

    def issue(self, title: str, body: str) -> str:
        for old in self.all("/issues?state=open"):
            if old["title"] == title and old["user"]["type"] == "Bot" and "pull_request" not in old:
                self.ask("PATCH", f"/issues/{old['number']}", {"body": body})
                return "diperbarui"
        self.ask("POST", "/issues", {"title": title, "body": body})
        return "ditulis"

    def artifact(self, run: str, name: str) -> bytes:
        found = self.ask("GET", f"/actions/runs/{int(run)}/artifacts?" + urlencode({"name": name}))["artifacts"]
        if len(found) != 1 or found[0]["size_in_bytes"] > LARGEST:
            raise HostError(f"Putaran {run} tidak meninggalkan satu berkas `{name}` yang cukup kecil.")
        return call("GET", f"{self.base}/actions/artifacts/{found[0]['id']}/zip", self.headers)


class GitLab(Host):
    """Needs SIGAP_TOKEN, CI_API_V4_URL and CI_PROJECT_ID."""

    def __init__(self) -> None:
        self.base = f"{variable('CI_API_V4_URL')}/projects/{quote(variable('CI_PROJECT_ID'), safe='')}"
        self.headers = {"PRIVATE-TOKEN": variable("SIGAP_TOKEN")}

    def me(self) -> int:
        return int(json.loads(call("GET", f"{variable('CI_API_V4_URL')}/user", self.headers))["id"])

    def comment(self, number: str, marker: str, body: str) -> str:
        me, place = self.me(), f"/merge_requests/{int(number)}/notes"
        for old in self.all(place):
            if old["author"]["id"] == me and old["body"].startswith(marker):
                self.ask("PUT", f"{place}/{old['id']}", {"body": body})
                return "diperbarui"
        self.ask("POST", place, {"body": body})
        return "ditulis"

    def issue(self, title: str, body: str) -> str:
        me = self.me()
        for old in self.all("/issues?state=opened"):
            if old["title"] == title and old["author"]["id"] == me:
                self.ask("PUT", f"/issues/{old['iid']}", {"description": body})
                return "diperbarui"
        self.ask("POST", "/issues", {"title": title, "description": body})
        return "ditulis"


def variable(name: str) -> str:
    """An environment variable that must be set."""
    if not os.environ.get(name):
        raise HostError(f"Variabel {name} belum diatur.")
    return os.environ[name].rstrip("/")


def text(path: Path) -> tuple[str, str]:
    """A comment's first line, by which it is found again, and the whole of it."""
    body = path.read_text(encoding="utf-8")
    marker = body.partition("\n")[0]
    if not (marker.startswith("<!-- sigap: ") and marker.endswith(" -->")):
        raise HostError(f"`{path}` tidak dimulai dengan penandanya.")
    if len(body) > LONGEST:
        raise HostError(f"`{path}` {len(body)} karakter; paling banyak {LONGEST}.")
    return marker, body


def main(words: list[str] | None = None) -> int:
    """In: the words after the name. Out: the exit code (0 done, 2 trouble)."""
    parser = argparse.ArgumentParser(description="Tulis satu tanggapan atau satu isu, dan perbarui di tempatnya.")
    parser.add_argument("host", choices=("github", "gitlab"))
    verbs = parser.add_subparsers(dest="verb", required=True)
    comment = verbs.add_parser("comment")
    comment.add_argument("--number")
    comment.add_argument("--head")
    comment.add_argument("--commit")
    comment.add_argument("--body", type=Path, required=True)
    issue = verbs.add_parser("issue")
    issue.add_argument("--title", required=True)
    issue.add_argument("--body", type=Path, required=True)
    artifact = verbs.add_parser("artifact")
    artifact.add_argument("run")
    artifact.add_argument("name")
    artifact.add_argument("-o", dest="out", type=Path, required=True)
    options = parser.parse_args(words)
    try:
        host = GitHub() if options.host == "github" else GitLab()
        if options.verb == "artifact":
            if not isinstance(host, GitHub):
                raise HostError("Di GitLab berkas putaran lain diambil dengan `needs`.")
            options.out.write_bytes(host.artifact(options.run, options.name))
        elif options.verb == "issue":
            print(f"Isu {host.issue(options.title, text(options.body)[1])}.")
        else:
            number = options.number or (host.proposal(options.head, options.commit) if isinstance(host, GitHub) else "")
            print(f"Tanggapan {host.comment(number, *text(options.body))}.")
    except (HostError, OSError, ValueError, KeyError, TypeError) as error:
        print(f"host: {' '.join(str(error).split())[:300]}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
