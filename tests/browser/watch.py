"""What the browser tests share: a page that is watched, and what their small curriculum is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page
from repos import Repo

SLUG, KODE = "mendengar-aktif", "TK-01"
RENAMED = "nama-folder-baru"
NEW = "jaga-teman"
WHAT, WHY = "Alinea tentang perahu ditambah.", "Peserta dari pulau kecil menanyakannya."
ROW = "| 1.1.1 | 2026-11-24 | Folder berganti nama. | Nama lama membingungkan. |"


@dataclass
class Site:
    """Where the site stands, and the repository that it was published from."""

    url: str
    repo: Repo


@dataclass
class Watched:
    """A page, and what went wrong while it was used."""

    page: Page
    site: Site
    failed: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.site.url + path, wait_until="networkidle")
