#!/usr/bin/env python3
"""The time of whole processes on a warm file cache, by the clock and of the processor: `forb cite` in each style, and
`forb verify` of a draft with 500 quotations of a library (of five, three are true, one has a word changed, and one
is true and cites nothing).
usage: benches/cite.py LIBRARY [FORB]     (build first: cargo build --release)"""
import collections
import json
import os
import pathlib
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

QUERIES = ["secretary", "court", "funds", "property", "religious", "officer", "state", "program", "penalty", "report"]
QUOTATIONS = 500
RUNS = 20


def asked(library, forb, *arguments):
    command = [forb, "--quiet", "--library", library, *arguments]
    return subprocess.run(command, capture_output=True, text=True).stdout


def passages(library, forb):
    found = {}
    for query in QUERIES:
        fixed = ["--limit", "120", "--unfold", "--no-bridge", "--no-balance", "--format", "json"]
        for hit in json.loads(asked(library, forb, "search", query, *fixed))["hits"]:
            found[hit["passage"]["id"]] = hit["passage"]["text"].replace("\n", " ")
    return sorted(found.items())


def draft(found, chance):
    said = []
    for passage, text in chance.sample(found, len(found)):
        sentences = re.split(r"(?<=[.;]) ", text)
        quotable = [s for s in sentences if 8 <= len(s.split()) <= 50 and not re.search('[]["“”«»…]', s)]
        if not quotable or len(said) == QUOTATIONS:
            continue
        words = chance.choice(quotable).split()
        kind = len(said) % 5
        if kind == 3:
            words[len(words) // 2] = "elephants"
        cited = "" if kind == 4 else f" ({passage})"
        said.append(f"The source says: “{' '.join(words)}”{cited}.\n")
    return "\n".join(said)


def milliseconds(runs, *command):
    """The medians by the clock and of the processor."""
    clock, processor = [], []
    for _ in range(runs):
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        asked(*command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return f"{statistics.median(clock):8.1f} ms, {statistics.median(processor):8.1f} ms of the processor"


def main(library, forb="target/release/forb"):
    found = passages(library, forb)
    first = found[0][0]
    for style in ["chicago", "apa", "mla", "ieee", "vancouver", "oscola", "bluebook", "euaa"]:
        print(f"forb cite --style {style:12} {milliseconds(RUNS, library, forb, 'cite', first, '--style', style)}")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "draft.txt"
        path.write_text(draft(found, random.Random(7)), encoding="utf-8")
        answer = json.loads(asked(library, forb, "verify", str(path), "--format", "json"))
        judged = collections.Counter(quotation["judgement"] for quotation in answer["quotations"])
        taken = milliseconds(3, library, forb, "verify", str(path), "--format", "json")
        print(f"forb verify, {sum(judged.values())} quotations  {taken}   {dict(judged)}")
    print("load:", " ".join(f"{load:.1f}" for load in os.getloadavg()))


main(*sys.argv[1:])
