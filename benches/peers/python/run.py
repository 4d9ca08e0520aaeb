"""Runs every engine over the same records, holds their answers against one another, and prints the tables of docs/performance.md.

Started by `cargo xtask bench`, which sets up what it needs.
"""

import argparse
import hashlib
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
RECORDS_EACH = 40

# Name, what is run, and where it can be: the compact layout has no empty cells and no order but one; plain masks of pandas would be wrong with empty cells.
ALWAYS, COMPLETE, COMPACT = "always", "complete", "compact"
ENGINES = [
    ("medtrain", ["tables", "medtrain"], ALWAYS),
    ("medtrain, whole hundredths", ["tables", "lean"], ALWAYS),
    ("medtrain, tables taken in before", ["tables", "prepared"], ALWAYS),
    ("Polars", ["in_polars.py"], ALWAYS),
    ("DuckDB, its own table", ["in_duckdb.py", "native"], ALWAYS),
    ("DuckDB, over Arrow", ["in_duckdb.py", "arrow"], ALWAYS),
    ("pandas", ["in_pandas.py"], COMPLETE),
    ("Rust by hand, over Arrow", ["tables", "plain"], ALWAYS),
    ("Rust by hand, compact", ["tables", "compact"], COMPACT),
]


def output_of(command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"error: `{' '.join(str(part) for part in command)}` failed")
    return done.stdout


def run_script(name, *arguments):
    return output_of([sys.executable, HERE / name, *arguments])


def data_of(asked, people):
    """Where the records are kept: elsewhere for another way of making them."""
    made_by = hashlib.sha256((HERE / "generate.py").read_bytes()).hexdigest()[:8]
    return asked.folder / "data" / f"{people}-{made_by}"


def takes_part(where, gaps, shuffled):
    return where == ALWAYS or (not gaps and (where == COMPLETE or not shuffled))


def tables(asked, people, results, keep):
    """Adds the seconds of every engine in every case; an answer that differs ends everything."""
    data = data_of(asked, people)
    answers = asked.folder / "answers"
    answers.mkdir(parents=True, exist_ok=True)
    for gaps in [False, True] if asked.gaps else [False]:
        for shuffled in [False, True]:
            case = f"{'gaps' if gaps else 'complete'}-{'shuffled' if shuffled else 'sorted'}"
            flags = ["--gaps"] * gaps + ["--shuffled"] * shuffled
            run_script("generate.py", "--people", people, "--folder", data, *flags)
            for threads in asked.threads:
                reference = None
                for name, command, where in ENGINES:
                    if not takes_part(where, gaps, shuffled):
                        continue
                    say(f"{people} people, {case}, {threads} threads: {name}")
                    answer = answers / f"{name.replace(' ', '-').replace(',', '')}.parquet"
                    common = ["--activities", data / f"activities-{case}.parquet", "--threads", threads, "--rounds", asked.rounds, "--answer", answer, *flags]
                    if command[0] == "tables":
                        line = output_of([asked.build / "peers-tables", *command[1:], "--people", data / "people.parquet", *common])
                    else:
                        line = run_script(*command, *common)
                    if reference is None:
                        reference = answer
                    else:
                        run_script("check.py", "--medtrain", reference, answer)
                    measured = json.loads(line)
                    results.append(
                        {"people": people, "gaps": gaps, "shuffled": shuffled, "threads": threads, "engine": name, **measured}
                    )
                    keep()


def say(words):
    print(words, file=sys.stderr, flush=True)


def seconds(value):
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.0f} ms" if value >= 0.01 else f"{value * 1000:.1f} ms"


def times(ratio):
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def table_of_case(results, threads):
    """One case as Markdown: the median and the least, and the median against medtrain's."""
    of = {(result["engine"], result["threads"]): result for result in results}
    engines = list(dict.fromkeys(result["engine"] for result in results))
    count = lambda n: f"{n} thread{'s' * (n > 1)}"
    head = "| | " + " | ".join(f"{count(n)}: median (least) | medtrain = 1" for n in threads) + " |"
    lines = [head, "|---|" + "---:|---:|" * len(threads)]
    for engine in engines:
        cells = []
        for n in threads:
            result = of[(engine, n)]["seconds"]
            base = statistics.median(of[("medtrain", n)]["seconds"])
            cells += [f"{seconds(statistics.median(result))} ({seconds(min(result))})", times(statistics.median(result) / base)]
        lines.append(f"| {engine} | " + " | ".join(cells) + " |")
    notes = [f"{count(n)}: {of[('medtrain', n)]['notes']}" for n in threads if of[("medtrain", n)]["notes"]]
    return "\n".join(lines) + (f"\n\nmedtrain, {'; '.join(notes)}." if notes else "")


def print_tables(results, threads):
    cases = dict.fromkeys((result["people"], result["gaps"], result["shuffled"]) for result in results)
    for people, gaps, shuffled in cases:
        order = "rows in any order" if shuffled else "rows in the order of the people"
        print(f"\n**{people:,} people, {people * RECORDS_EACH:,} records, {'some cells empty' if gaps else 'no cell empty'}, {order}**\n")
        chosen = [r for r in results if (r["people"], r["gaps"], r["shuffled"]) == (people, gaps, shuffled)]
        print(table_of_case(chosen, threads))


def print_single(results):
    # The full verdict is the yardstick: it says at least what the others say.
    base = {result["kind"]: result["median"] for result in results if result["engine"] in ("medtrain", "medtrain: the full verdict")}
    for kind, title in (("values", "From values in memory to a result in memory"), ("text", "From JSON text to JSON text")):
        print(f"\n**{title}**\n\n| | median (least) | medtrain's verdict = 1 | |\n|---|---:|---:|---|")
        for result in results:
            if result["kind"] == kind:
                micro = lambda nanoseconds: f"{nanoseconds / 1000:.1f} µs" if nanoseconds < 100_000 else f"{nanoseconds / 1000:.0f} µs"
                ratio = times(result["median"] / base[kind])
                print(f"| {result['engine']} | {micro(result['median'])} ({micro(result['least'])}) | {ratio} | {result['notes']} |")


def print_floats(story):
    print(
        f"\nOf {story['people']:,} people with credits in tenths, {story['at_exactly_25']:,} stood at exactly 25.0, and binary floats judged "
        f"{story['judged_wrongly_by_floats']:,} people wrongly (one sum came out as {story['a_sum_that_should_be_25']})."
    )


def machine():
    """What it ran on, and how busy that was."""
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    return {"cpu": cpu, "cores": os.cpu_count(), "load": list(os.getloadavg()), "system": platform.platform()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, action="append", help="how many people; may be repeated; 100000 if left out")
    parser.add_argument("--million", action="store_true", help="a million people too, 40 million records: 16 GB of memory")
    parser.add_argument("--gaps", action="store_true", help="also the records of which some cells are empty")
    parser.add_argument("--quick", action="store_true", help="10000 people and few rounds: whether it all works and agrees, not how fast it is")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", choices=["tables", "single"])
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="where data, answers and results go")
    parser.add_argument("--build", type=pathlib.Path, required=True, help="where the peers in Rust were built")
    asked = parser.parse_args()
    asked.rounds = asked.rounds or (2 if asked.quick else 7)
    sizes = asked.people or [10_000 if asked.quick else 100_000]
    if asked.million:
        sizes.append(1_000_000)

    path = asked.folder / "results.json"
    found = {"before": machine()}

    def keep():
        path.write_text(json.dumps(found, indent=1))

    if asked.only != "tables":
        say("single decisions")
        found["single"] = json.loads(output_of([asked.build / "peers-single", *(["--quick"] if asked.quick else [])]))
    if asked.only != "single":
        found["tables"] = []
        for people in sizes:
            tables(asked, people, found["tables"], keep)
        data = data_of(asked, max(sizes))
        run_script("generate.py", "--people", max(sizes), "--folder", data)
        found["floats"] = json.loads(run_script("floats.py", "--activities", data / "activities-complete-sorted.parquet"))
    found["after"] = machine()

    keep()
    before, after = found["before"], found["after"]
    print(f"\n{before['cpu']}, {before['cores']} cores; load before {before['load'][0]:.1f}, after {after['load'][0]:.1f}.")
    if "tables" in found:
        print_tables(found["tables"], asked.threads)
    if "single" in found:
        print_single(found["single"])
    if "floats" in found:
        print_floats(found["floats"])
    say(f"\nEvery answer was the same. All numbers: {path}")


main()
