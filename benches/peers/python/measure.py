"""What every engine in Python has in common: its arguments, its rounds, and what it leaves behind."""

import argparse
import json
import pathlib
import time

import pyarrow as pa
import pyarrow.parquet as pq


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--activities", type=pathlib.Path, required=True)
    parser.add_argument("--gaps", action="store_true", help="some cells are empty")
    parser.add_argument("--shuffled", action="store_true", help="rows in any order")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--answer", type=pathlib.Path, help="where to write the answer")
    return parser.parse_args()


def measure(run, asked, notes=""):
    """Warms up once, runs some rounds, and prints the seconds of each; the answer of the warm-up is written if asked for."""
    answer = run()
    if asked.answer:
        if not isinstance(answer, pa.Table):
            answer = answer()
        pq.write_table(answer, asked.answer)
    del answer
    seconds = []
    for _ in range(asked.rounds):
        start = time.perf_counter()
        answer = run()
        seconds.append(time.perf_counter() - start)
        del answer
    print(json.dumps({"seconds": seconds, "notes": notes}))
