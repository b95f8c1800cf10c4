#!/usr/bin/env bash
# PDF pages a second: `forb add`, with all it does after reading, next to `pdftotext`, turn about.
# usage: benches/pdf.sh FOLDER [ROUNDS]     (build first: cargo build --release; needs pdftotext, pdfinfo)
set -euo pipefail
folder=$1 rounds=${2:-3}
forb="$(cd "$(dirname "$0")/.." && pwd)/target/release/forb"
library=$(mktemp -d)
trap 'rm -rf "$library"' EXIT

pages=0
for file in "$folder"/*.pdf; do
  pages=$((pages + $(pdfinfo "$file" 2>/dev/null | awk '/^Pages:/ { print $2 }')))
done
echo "$pages pages"

each() { for file in "$folder"/*.pdf; do pdftotext "$@" "$file" - >/dev/null; done; }

# Wall and processor seconds of a command, and pages for each of the latter.
measure() {
  local name=$1 TIMEFORMAT='%R %U %S' taken
  shift
  taken=$({ time "$@" >/dev/null 2>&1; } 2>&1)
  awk -v name="$name" -v pages="$pages" '{
    printf "%-26s %7.2f s, %6.2f s of processors, %4.0f pages for each\n", name, $1, $2 + $3, pages / ($2 + $3)
  }' <<<"$taken"
}

for _ in $(seq "$rounds"); do
  echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
  rm -rf "$library"/*
  measure 'forb add' "$forb" --library "$library/new" add --quiet "$folder"
  measure 'forb add, nothing new' "$forb" --library "$library/new" add --quiet "$folder"
  measure 'pdftotext -layout' each -layout
  measure 'pdftotext' each
done
