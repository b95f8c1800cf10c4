"""Makes a library of sixty works of our own invention: institutions and persons as authors, particles in names,
days, months, years and no date, reports, chapters of a series, pages. `works.py FORB FOLDER`."""
import json
import pathlib
import subprocess
import sys

AUTHORS = [
    [],
    [("Organization", "The Valley Council")],
    [("Person", "Ana Lopes")],
    [("Person", "Jan van der Berg")],
    [("Person", "Li Wei"), ("Person", "Ana Lopes"), ("Person", "Eva Rossi"), ("Person", "Omar Haddad")],
]
DATES = ["", "2021", "2022-03", "2023-05-15"]
KINDS = ["report", "chapter", "page"]


def page(number, authors):
    named = [{"@type": kind, "name": name} for kind, name in authors]
    credits = json.dumps({"@type": "Report", "author": named}, ensure_ascii=False)
    script = f"<script type='application/ld+json'>{credits}</script>" if named else ""
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{script}</head><body><main>"
        f"<p>The account of valley {number} says that its {number + 2} chapels stayed open.</p></main></body></html>"
    )


def facts(number, kind, date):
    stated = {"title": f"Chapels of valley {number}: a short account"}
    if date:
        stated["published"] = date
    if kind != "page":
        stated["publisher"] = "Observatory of Ruritania"
    if kind == "chapter":
        stated["series"] = "Annual Accounts of Ruritania"
    if kind != "report":
        stated |= {"url": f"https://example.org/valley/{number}", "captured": "2024-02-03"}
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in stated.items())


def main(forb, folder):
    folder = pathlib.Path(folder)
    (folder / "in").mkdir(parents=True)
    works = [(authors, date, kind) for authors in AUTHORS for date in DATES for kind in KINDS]
    for number, (authors, date, kind) in enumerate(works, 1):
        path = folder / "in" / f"work-{number}.html"
        path.write_text(page(number, authors), encoding="utf-8")
        path.with_name(path.name + ".meta.toml").write_text(facts(number, kind, date), encoding="utf-8")
    library = ["--library", str(folder / "library"), "--quiet"]
    subprocess.run([forb, *library, "add", str(folder / "in")], check=True, stdout=subprocess.DEVNULL)
    found = [forb, *library, "search", "--output", "ids", "--unfold", "--limit", "1000", "chapels"]
    ids = sorted(subprocess.run(found, check=True, capture_output=True, text=True).stdout.split())
    (folder / "ids").write_text("\n".join(ids) + "\n")


main(*sys.argv[1:])
