#!/usr/bin/env bash
# The time of whole processes on a warm file cache: `forb search` next to `forb --version`.
# usage: benches/process.sh LIBRARY [RUNS]     (build first: cargo build --release)
set -euo pipefail
library=$1 runs=${2:-40}
forb="$(dirname "$0")/../target/release/forb"

# Median, in milliseconds, of RUNS runs of a command.
median() {
  for _ in $(seq "$runs"); do
    local start end
    start=$(date +%s%N)
    "$@" >/dev/null 2>&1 || true
    end=$(date +%s%N)
    echo $(((end - start) / 1000))
  done | sort -n | awk '{ t[NR] = $1 } END { printf "%.1f", t[int((NR + 1) / 2)] / 1000 }'
}

"$forb" --library "$library" search religious extremism >/dev/null
printf '%-44s %s ms\n' \
  'forb --version' "$(median "$forb" --version)" \
  'forb search religious extremism' "$(median "$forb" --library "$library" search religious extremism)" \
  'forb search … --publisher us-state' "$(median "$forb" --library "$library" search religious extremism --publisher us-state)" \
  'forb search "a phrase" --format json' "$(median "$forb" --library "$library" search '"freedom of religion"' --format json)"
