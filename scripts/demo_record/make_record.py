"""The manuscripts of this folder → the demonstration record, as a newsroom would get it.

In: `talks.txt`, `truce.txt`, `river.txt` (one article after the other, each under a line `@@ key ; form ; outlet ; day ; author`)
and the outlets' page templates. Out: the folder `src/communique/demo/record` (pages, feeds, wire file, table, texts, archive)
and `src/communique/demo/articles.yaml`, which says where each article lies. Two runs write the same bytes.

A copy names its original (`copy=KEY`): its own head under `#`, `cut=N` paragraphs left out at the end, a line added
before (`^`) or after (`+`).
"""

import csv
import gzip
import html
import io
import json
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path
from string import Template

from fastwarc.warc import WarcRecord, WarcRecordType

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "src" / "communique" / "demo"
MANUSCRIPTS = ("talks.txt", "truce.txt", "river.txt")
HOSTS = {
    "lindholm": "lindholmcourier.example",
    "harbour": "harbourgazette.example",
    "kestrelweb": "kestrel-international.example",
    "kestrel": "kestrel-monitor.example",
    "polden": "polden-news.example",
    "vellmar": "vellmarreview.example",
    "steppe": "steppedispatch.example",
    "andes": "andesledger.example",
    "caribe": "caribestandard.example",
    "caribe-empty": "caribestandard.example",
    "valbrune": "quotidien-valbrune.example",
    "newsgather": "newsgather24.example",
    "meridian": "meridianwire.example",
    "tidewater": "tidewaterpost.example",
    "brackwater": "brackwatertimes.example",
    "northlight": "northlightradio.example",
}


@dataclass(frozen=True)
class Piece:
    key: str
    form: str
    outlet: str
    day: date
    author: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://www.{HOSTS[self.outlet]}/{self.day:%Y/%m/%d}/{self.key}"


def main() -> None:
    pieces = tuple(piece for name in MANUSCRIPTS for piece in read_manuscript(HERE / name))
    if len({piece.key for piece in pieces}) != len(pieces):
        raise SystemExit("two articles have the same key")
    record = DEMO / "record"
    places: dict[str, str] = {}
    for piece in pieces:
        if piece.form == "html":
            places[piece.key] = write(record, f"pages/{HOSTS[piece.outlet]}/{piece.key}.html", page_of(piece))
        elif piece.form == "text":
            told = "\n\n".join((f"Radio Northlight\n{long_day(piece.day)}", piece.title, *piece.paragraphs))
            places[piece.key] = write(record, f"texts/{piece.day}-{piece.key}.txt", told + "\n")
    by_form = {form: [each for each in pieces if each.form == form] for form in ("rss", "atom", "jsonl", "csv", "warc")}
    for form, (name, writer) in CONTAINERS.items():
        path = record / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(writer(by_form[form]))
        places |= {piece.key: name for piece in by_form[form]}
    lines = [f"{piece.key}: {{file: {places[piece.key]}, url: {piece.url}, day: {piece.day}}}\n" for piece in pieces]
    head = (
        "# Where each article of the demonstration record lies: its key in gold.yaml, its file, address and day.\n"
        "# Written by scripts/demo_record/make_record.py. CC BY 4.0.\n"
    )
    (DEMO / "articles.yaml").write_text(head + "".join(lines), encoding="utf-8")


def write(record: Path, name: str, content: str) -> str:
    path = record / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return name


def read_manuscript(path: Path) -> list[Piece]:
    pieces: list[Piece] = []
    known: dict[str, Piece] = {}
    for entry in path.read_text(encoding="utf-8").split("@@ ")[1:]:
        head, _, body = entry.partition("\n")
        key, form, outlet, day, author = (part.strip() for part in head.split(";"))
        lines = [line for line in body.strip().split("\n") if line.strip()]
        settings = dict(part.split("=") for part in lines.pop(0).split()) if lines[0].startswith("copy=") else {}
        title = next((line[2:].strip() for line in lines if line.startswith("# ")), "")
        own = tuple(line for line in lines if line[:2] not in ("# ", "+ ", "^ "))
        if settings:
            original = known[settings["copy"]]
            own = original.paragraphs[: len(original.paragraphs) - int(settings.get("cut", 0))]
            title = title or original.title
        before = tuple(line[2:] for line in lines if line.startswith("^ "))
        after = tuple(line[2:] for line in lines if line.startswith("+ "))
        piece = Piece(key, form, outlet, date.fromisoformat(day), author, title, (*before, *own, *after))
        known[key] = piece
        pieces.append(piece)
    return pieces


def page_of(piece: Piece) -> str:
    template = Template((HERE / "templates" / f"{piece.outlet}.html").read_text(encoding="utf-8"))
    marked = [f"<p>{html.escape(each, quote=False)}</p>" for each in piece.paragraphs]
    author = piece.author or "Newsgather24"
    return template.substitute(
        title=html.escape(piece.title),
        json_title=json.dumps(piece.title, ensure_ascii=False),
        author=html.escape(author),
        json_author=json.dumps(author, ensure_ascii=False),
        summary=html.escape(piece.paragraphs[0][:150] if piece.paragraphs else ""),
        url=piece.url,
        day=piece.day.isoformat(),
        day_long=long_day(piece.day),
        day_us=f"{piece.day:%B} {piece.day.day}, {piece.day.year}",
        day_dots=f"{piece.day:%d.%m.%Y}",
        paragraphs="\n".join(marked),
        first="\n".join(marked[:1]),
        rest="\n".join(marked[1:]),
        breaks="<br><br>\n".join(html.escape(each, quote=False) for each in piece.paragraphs),
    )


def long_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def jsonl_of(pieces: list[Piece]) -> bytes:
    rows = (
        {
            "id": f"MW-{number:04}",
            "title": piece.title,
            "text": "\n\n".join(piece.paragraphs),
            "url": piece.url,
            "date": f"{piece.day}T16:30:00Z",
            "source": "Meridian Wire",
        }
        for number, piece in enumerate(sorted(pieces, key=lambda each: each.day), 1)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def csv_of(pieces: list[Piece]) -> bytes:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(("date", "headline", "author", "article", "link"))
    for piece in pieces:
        rows.writerow((piece.day, piece.title, piece.author, "\n\n".join(piece.paragraphs), piece.url))
    return out.getvalue().encode()


def noon(day: date) -> str:

    return format_datetime(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def rss_of(pieces: list[Piece]) -> bytes:
    items = []
    for piece in sorted(pieces, key=lambda each: each.day, reverse=True):
        body = "".join(f"<p>{html.escape(each, quote=False)}</p>" for each in piece.paragraphs)
        items.append(
            f"<item><title>{html.escape(piece.title, quote=False)}</title><link>{piece.url}</link>"
            f'<guid isPermaLink="false">tidewater-{piece.key}</guid><pubDate>{noon(piece.day)}</pubDate>'
            f"<description>{html.escape(piece.paragraphs[0], quote=False)}</description>"
            f"<content:encoded><![CDATA[{body}"
            "<p><a href='https://www.tidewaterpost.example/apps'>Get the Tidewater Post app</a></p>]]></content:encoded></item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Tidewater Post: World</title><link>https://www.tidewaterpost.example/world</link>"
        "<description>World news from the Tidewater Post</description>\n" + "\n".join(items) + "\n</channel></rss>\n"
    ).encode()


def atom_of(pieces: list[Piece]) -> bytes:
    entries = []
    for piece in sorted(pieces, key=lambda each: each.day, reverse=True):
        body = "".join(f"<p>{html.escape(each, quote=False)}</p>" for each in piece.paragraphs)
        entries.append(
            f"<entry><id>tag:kestrel-monitor.example,{piece.day}:{piece.key}</id>"
            f"<title>{html.escape(piece.title, quote=False)}</title>"
            f'<link rel="alternate" href="{piece.url}"/>'
            f"<published>{piece.day}T12:00:00Z</published><updated>{piece.day}T15:30:00Z</updated>"
            f'<content type="html">{html.escape(body)}</content></entry>'
        )
    newest = max(piece.day for piece in pieces)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        "<id>tag:kestrel-monitor.example,2021:feed</id><title>Kestrel Monitor</title><author><name>Kestrel Monitor</name></author>"
        f"<updated>{newest}T15:30:00Z</updated>\n" + "\n".join(entries) + "\n</feed>\n"
    ).encode()


def warc_of(pieces: list[Piece]) -> bytes:
    out = io.BytesIO()
    about = b"software: made by hand\r\nformat: WARC File Format 1.1\r\n"
    write_record(
        out, WarcRecordType.warcinfo, "newsgather24", None, date(2024, 12, 31), about, "application/warc-fields"
    )
    for piece in pieces:
        page = page_of(replace(piece, author="Newsgather24")).encode()
        response = (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            + f"Date: {noon(piece.day).replace('+0000', 'GMT')}\r\nContent-Length: {len(page)}\r\n\r\n".encode()
            + page
        )
        asked = f"GET /{piece.key} HTTP/1.1\r\nHost: www.newsgather24.example\r\n\r\n".encode()
        write_record(
            out,
            WarcRecordType.request,
            f"{piece.key}-request",
            piece.url,
            piece.day,
            asked,
            "application/http; msgtype=request",
        )
        write_record(
            out,
            WarcRecordType.response,
            piece.key,
            piece.url,
            piece.day,
            response,
            "application/http; msgtype=response",
        )
    return out.getvalue()


def write_record(
    out: io.BytesIO, kind: WarcRecordType, name: str, url: str | None, day: date, content: bytes, media: str
) -> None:
    record = WarcRecord()
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"https://www.newsgather24.example/{name}")
    record.init_headers(record_type=kind, record_urn=f"uuid:{identity}".encode())
    record.headers["WARC-Date"] = f"{day}T22:15:00Z"
    record.headers["Content-Type"] = media
    if url is not None:
        record.headers["WARC-Target-URI"] = url
    record.set_bytes_content(content)
    part = io.BytesIO()
    record.write(part)
    out.write(gzip_member(part.getvalue()))


def gzip_member(content: bytes) -> bytes:

    return gzip.compress(content, mtime=0)


CONTAINERS = {
    "rss": ("feeds/tidewater-world.xml", rss_of),
    "atom": ("feeds/kestrel-monitor.atom", atom_of),
    "jsonl": ("wire/meridian.jsonl", jsonl_of),
    "csv": ("tables/brackwater.csv", csv_of),
    "warc": ("archive/newsgather24.warc.gz", warc_of),
}


if __name__ == "__main__":
    main()
