"""Every work comes back from RIS with its title, its authors and its year."""
import json
import pathlib
import sys

import rispy

folder = pathlib.Path(sys.argv[1])
items = {item["title"]: item for item in json.loads((folder / "csl-json").read_text(encoding="utf-8"))}
entries = rispy.loads((folder / "ris").read_text(encoding="utf-8"))
assert len(entries) == len(items) >= 40, (len(entries), len(items))
for entry in entries:
    item = items[entry.get("title") or entry["primary_title"]]
    authors = entry.get("authors", []) + entry.get("first_authors", [])
    assert len(authors) == len(item.get("author", [])), entry
    year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else None
    assert (entry.get("year") or entry.get("publication_year") or "").split("/")[0] == (year or ""), entry
print(f"rispy: {len(entries)} works")
