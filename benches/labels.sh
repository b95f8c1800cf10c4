#!/usr/bin/env bash
# Every table of docs/evaluation.md: a library is made of the reports in CORPUS, and the gold sets are
# compared with its labels and with each other.
# usage: benches/labels.sh [CORPUS] [LIBRARY]     (build first: cargo build --release)
# An existing LIBRARY is used as it is: after a change of the rules run `forb index` on it.
# FORB names another binary than the one of the release build.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
corpus=${1:-$here/../shared/corpus} library=${2:-}
forb=${FORB:-$here/target/release/forb}
gold=$here/corpus/gold

if [ -z "$library" ]; then
  library=$(mktemp -d)
  trap 'rm -rf "$library"' EXIT
fi
if [ ! -d "$library/corpus" ]; then
  "$forb" --quiet --library "$library" add \
    "$corpus"/us-state-irf "$corpus"/us-state-hrr "$corpus"/open-doors "$corpus"/un-upr/pdf >/dev/null
fi
for set in rules unseen; do
  [ -f "$gold/$set.jsonl" ] || continue
  printf '### Labels of forb on the %s set\n\n' "$set"
  "$forb" --library "$library" eval labels --gold "$gold/$set.jsonl" --format markdown
  echo
done
printf '### Agreement of the two labellings\n\n'
"$forb" eval agreement "$gold/rules.jsonl" "$gold/again.jsonl" --format markdown
