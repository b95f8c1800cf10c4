"""SQLite FTS5 over the passages that search_scale writes out: p50 and p99 of the ten best hits with their
number, as benches/results/search.md reports them next to forb. Needs nothing but Python.

usage: fts5.py PASSAGES.jsonl QUERIES.txt [DATABASE]

The database is made where it is not there yet. Each query is asked as search_scale asks it: any of its words,
ranked by BM25, the ten best fetched and marked, all matches counted; once unmeasured, then three rounds.
"""

import json
import os
import re
import sqlite3
import sys
import time

ROUNDS = 3


def fill(database, passages):
    connection = sqlite3.connect(database)
    connection.execute("pragma journal_mode=off")
    connection.execute("pragma synchronous=off")
    connection.execute(
        "create virtual table passage using fts5(id unindexed, text, tokenize='porter unicode61')"
    )
    with open(passages, encoding="utf-8") as lines:
        rows = ((one["id"], one["text"]) for one in map(json.loads, lines))
        connection.executemany("insert into passage values (?, ?)", rows)
    connection.execute("insert into passage(passage) values ('optimize')")
    connection.commit()
    return connection


def answer(connection, words):
    asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words.lower()))
    found = connection.execute("select count(*) from passage where passage match ?", (asked,))
    hits = connection.execute(
        "select id, highlight(passage, 1, '[', ']') from passage where passage match ?"
        " order by rank limit 10",
        (asked,),
    )
    hits.fetchall()
    return found.fetchone()[0]


def main():
    passages, queries = sys.argv[1:3]
    database = sys.argv[3] if len(sys.argv) > 3 else passages + ".fts5"
    start = time.perf_counter()
    is_new = not os.path.exists(database)
    connection = fill(database, passages) if is_new else sqlite3.connect(database)
    if is_new:
        print(f"made in {time.perf_counter() - start:.1f} s, {os.path.getsize(database) / 1e6:.0f} MB")
    with open(queries, encoding="utf-8") as lines:
        asked = [line.strip() for line in lines if line.strip()]
    for words in asked:
        answer(connection, words)
    times, found = [], 0
    for _ in range(ROUNDS):
        for words in asked:
            start = time.perf_counter()
            found += answer(connection, words)
            times.append((time.perf_counter() - start) * 1000)
    times.sort()
    at = lambda share: times[round((len(times) - 1) * share)]
    print(f"SQLite FTS5 {sqlite3.sqlite_version}: p50 {at(0.5):.2f} ms, p99 {at(0.99):.2f} ms,"
          f" {found // ROUNDS} found")


main()
