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

# table TITLE LIBRARY QUERIES QRELS DOCNO OPTION…: scores a ranking next to plain BM25, and next to the
# run kept before under that title.
table() {
    title=$1 library=$2 queries=$3 qrels=$4 docno=$5
    shift 5
    now=$work/$title.run
    "$forb" --quiet --library "$work/$library" search --queries "$queries" --limit 1000 \
        --docno "$docno" --run "$title" "$@" >"$now"
    for other in "$work/$library-plain.run" "$kept/$title.run"; do
        [ -s "$other" ] || continue
        echo "### $title, next to $(basename "$other" .run)"
        echo
        "$forb" --library "$work/$library" eval ranking --run "$now" --queries "$queries" \
            --qrels "$qrels" --docno "$docno" --compare "$other" --format markdown
        echo
    done
    cp "$now" "$kept/$title.run"
}

# tables NAME LIBRARY QUERIES QRELS DOCNO: every ranking.
tables() {
    name=$1
    shift
    "$forb" --quiet --library "$work/$1" search --queries "$2" --limit 1000 --docno "$4" \
        --rank plain >"$work/$1-plain.run"
    table "$name, plain BM25" "$@" --rank plain
    table "$name, plain, with proximity" "$@" --rank plain,proximity=1
    table "$name, plain, with proximity and feedback" "$@" --rank plain,proximity=1 --expand
    table "$name, k1 0.9 and b 0.4" "$@" --rank plain,k1=0.9,b=0.4
    table "$name, and what the report is of" "$@" --rank plain,k1=0.9,b=0.4,about=1
    table "$name, and proximity" "$@" --no-bridge
    table "$name, and the bridge - as forb ranks" "$@"
    table "$name, as forb ranks, with feedback" "$@" --expand
}

own=$repository/corpus/eval
tables all reports "$own/queries.tsv" "$own/qrels.txt" passage
tables settings reports "$work/settings.tsv" "$own/qrels.txt" passage
tables held-out reports "$work/held-out.tsv" "$own/qrels.txt" passage
tables cranfield cranfield "$cranfield/queries.tsv" "$cranfield/qrels.txt" record
