"""Compares the scores of `forb eval` with those of trec_eval, to four decimals: the mean of every
measure and its value for every query. Needs the packages ir-measures and pytrec-eval-terrier.

    python3 trec_eval.py FORB QRELS RUN...
"""

import json
import os
import subprocess
import sys
import tempfile

try:
    import ir_measures
    from ir_measures import AP, RR, P, R, nDCG
except ImportError:
    sys.exit("not run: the package ir-measures is missing (pip install ir-measures pytrec-eval-terrier)")

MEASURES = {"nDCG@10": nDCG @ 10, "MAP": AP, "R@50": R @ 50, "R@100": R @ 100, "P@5": P @ 5, "MRR": RR}


def scored(forb, qrels, run):
    """What forb says: the means, and the values of each query, by measure."""
    command = [os.path.abspath(forb), "eval", "--by-query", "--format", "json"]
    command += ["--run", os.path.abspath(run), "--qrels", os.path.abspath(qrels)]
    with tempfile.TemporaryDirectory() as nowhere:
        away = {**os.environ, "HOME": nowhere, "XDG_DATA_HOME": nowhere}
        away.pop("FORB_LIBRARY", None)
        done = subprocess.run(command, capture_output=True, check=True, cwd=nowhere, env=away)
    said = json.loads(done.stdout)
    names = [measure["measure"] for measure in said["measures"]]
    means = {measure["measure"]: measure["mean"] and measure["mean"]["value"] for measure in said["measures"]}
    queries = {one["query"]: dict(zip(names, one["values"])) for one in said["by_query"]}
    return means, queries


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    forb, qrels_file, *runs = sys.argv[1:]
    qrels = list(ir_measures.read_trec_qrels(qrels_file))
    wrong = compared = 0
    for run_file in runs:
        run = list(ir_measures.read_trec_run(run_file))
        means, queries = scored(forb, qrels_file, run_file)
        expected = ir_measures.calc(list(MEASURES.values()), qrels, run)
        names = {str(measure): name for name, measure in MEASURES.items()}
        pairs = [(name, means[name], expected.aggregated[measure]) for name, measure in MEASURES.items()]
        for value in expected.per_query:
            name = names[str(value.measure)]
            pairs.append((f"{name} of {value.query_id}", queries[value.query_id][name], value.value))
        for name, ours, theirs in pairs:
            compared += 1
            if round(ours, 4) != round(theirs, 4):
                wrong += 1
                print(f"{run_file}: {name}: {ours:.6f}, trec_eval has {theirs:.6f}")
    print(f"{compared} values compared, {wrong} differ")
    sys.exit(1 if wrong or not compared else 0)


main()
