#!/bin/sh
# How well the ranking finds: makes a library of the reports and one of Cranfield, and prints the tables
# of docs/evaluation.md. Nothing is fetched. CORPUS is the folder of reports, EVAL that of open test sets.
#
#     cargo build --release && benches/ranking.sh CORPUS EVAL [RUN]
#
# With RUN (a folder), the runs are kept there, and where it holds runs of before they are compared.
set -eu
corpus=$1
cranfield=$2/cranfield
repository=$(cd "$(dirname "$0")/.." && pwd)
forb=${FORB:-$repository/target/release/forb}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kept=${3:-$work/runs}
mkdir -p "$kept"

"$forb" --quiet --library "$work/reports" add "$corpus/seeds" "$corpus/us-state-irf" \
    "$corpus/us-state-hrr" "$corpus/open-doors" "$corpus/uscirf" "$corpus/page-excerpts" \
    "$corpus/un-upr/pdf" >"$work/added" || [ $? -eq 2 ]
"$forb" --quiet --library "$work/cranfield" add "$cranfield/docs.jsonl" --map text=text,id=id \
    >"$work/added" || [ $? -eq 2 ]

held_out() { awk -F '\t' 'substr($1, 2) % 3 == 0' "$repository/corpus/eval/queries.tsv"; }
settings() { awk -F '\t' 'substr($1, 2) % 3 != 0' "$repository/corpus/eval/queries.tsv"; }
held_out >"$work/held-out.tsv"
settings >"$work/settings.tsv"

# table TITLE LIBRARY QUERIES QRELS DOCNO: scores the ranking, next to the run kept before under that title.
table() {
    before=$kept/$1.run
    now=$work/$1.run
    "$forb" --quiet --library "$work/$2" search --queries "$3" --limit 1000 --docno "$5" --run "$1" >"$now"
    echo "### $1"
    echo
    if [ -s "$before" ]; then
        "$forb" --library "$work/$2" eval --run "$now" --queries "$3" --qrels "$4" --docno "$5" \
            --compare "$before" --format markdown
    else
        "$forb" --library "$work/$2" eval --run "$now" --queries "$3" --qrels "$4" --docno "$5" \
            --format markdown
    fi
    cp "$now" "$before"
    echo
}

own=$repository/corpus/eval
table all reports "$own/queries.tsv" "$own/qrels.txt" passage
table settings reports "$work/settings.tsv" "$own/qrels.txt" passage
table held-out reports "$work/held-out.tsv" "$own/qrels.txt" passage
table cranfield cranfield "$cranfield/queries.tsv" "$cranfield/qrels.txt" record
