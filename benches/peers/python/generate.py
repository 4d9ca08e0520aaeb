"""Makes the population: a table of people and one of their activities, 40 each, the same bytes for the same seed.

Every cell is a function of the seed, the record and the column, so that the shuffled rows hold what the sorted ones do, and nothing depends on the order in
which cells are made. Credits and hours come in tenths, so that many people stand at exactly 25.0.
"""

import argparse
import datetime
import pathlib

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

SEED = 20170313
PER_PERSON = 40
FIRST_ID = 1_000_001
ROWS_AT_ONCE = 2_000_000

KINDS = ["public", "professional", "other"]
PLACES = ["500103", "500112", "500236", "510104", "110101"]
LEVELS = ["institution", "county", "municipal", "provincial", "national"]

# Of a hundred cells of a column, how many are empty where there are gaps at all.
GAPS = {
    "awarded_on": 3,
    "ends_on": 3,
    "starts_on": 3,
    "credits": 1,
    "hours": 1,
    "subject_kind": 2,
    "job_related": 3,
    "profession_related": 3,
    "electronic": 2,
    "place_code": 2,
    "activity_level": 3,
    "has_proof": 3,
    "proof_starts_on": 3,
    "proof_ends_on": 3,
}
COLUMNS = ["person_id", *GAPS]


def draw(rows, column):
    """A number below 2^32 for each row, by SplitMix64 of seed, row and column."""
    with np.errstate(over="ignore"):
        x = rows.astype(np.uint64) * np.uint64(64) + np.uint64(column) + np.uint64(SEED) * np.uint64(0x9E3779B97F4A7C15)
        x += np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return (x ^ (x >> np.uint64(31))) >> np.uint64(32)


def below(rows, column, bound):
    return ((draw(rows, column) * np.uint64(bound)) >> np.uint64(32)).astype(np.int32)


def day(year, month, day_of_month):
    return (datetime.date(year, month, day_of_month) - datetime.date(1970, 1, 1)).days


def decimals(hundredths):
    """Hundredths as Arrow decimals: 128 bits each, of which the upper half repeats the sign."""
    wide = np.zeros((len(hundredths), 2), dtype=np.int64)
    wide[:, 0] = hundredths
    return pa.Array.from_buffers(pa.decimal128(5, 2), len(hundredths), [None, pa.py_buffer(wide)])


def activities(rows, gaps):
    """The records that stand in these rows of the sorted table."""
    percent = lambda column, part: below(rows, column, 100) < part
    among = lambda column, weights: np.searchsorted(np.cumsum(weights), below(rows, column, sum(weights)), side="right").astype(np.int8)

    # Nine in ten were granted in the credit year, the others within a year before or after.
    inside = day(2023, 11, 1) + below(rows, 1, 366)
    outside = np.where(percent(2, 50), day(2022, 11, 1) + below(rows, 3, 365), day(2024, 11, 1) + below(rows, 3, 60))
    awarded = np.where(percent(4, 91), inside, outside).astype(np.int32)
    ends = awarded - below(rows, 5, 30)
    starts = ends - below(rows, 6, 5)
    proof_starts = starts + below(rows, 7, 12) // 10 - below(rows, 8, 11) // 10
    proof_ends = ends - below(rows, 9, 12) // 10 + below(rows, 10, 11) // 10

    kind = among(11, [20, 70, 10])
    public = kind == 0
    columns = {
        "person_id": rows // PER_PERSON + FIRST_ID,
        "awarded_on": awarded,
        "ends_on": ends,
        "starts_on": starts,
        "credits": (below(rows, 12, 18) + 1) * 10,
        "hours": (below(rows, 13, 50) + 1) * 10,
        "subject_kind": kind,
        "job_related": percent(14, 72),
        "profession_related": percent(15, 92) & ~public | percent(15, 15) & public,
        "electronic": percent(16, 92),
        "place_code": among(17, [30, 30, 25, 10, 5]),
        "activity_level": among(18, [5, 10, 20, 15, 50]),
        "has_proof": percent(19, 75),
        "proof_starts_on": proof_starts,
        "proof_ends_on": proof_ends,
    }
    words = {"subject_kind": KINDS, "place_code": PLACES, "activity_level": LEVELS}
    table = {}
    for place, (name, values) in enumerate(columns.items()):
        empty = percent(32 + place, GAPS[name]) if gaps and name in GAPS else None
        if name in words:
            array = pa.DictionaryArray.from_arrays(pa.array(values, mask=empty), words[name])
        elif name in ("credits", "hours"):
            array = decimals(values)
            if empty is not None:
                array = pa.compute.if_else(pa.array(empty), pa.scalar(None, array.type), array)
        else:
            kind_of = pa.date32() if name.endswith("_on") else None
            array = pa.array(values, type=kind_of, mask=empty)
        table[name] = array
    return pa.table(table)


def write(folder, people, gaps, shuffled):
    name = f"{'gaps' if gaps else 'complete'}-{'shuffled' if shuffled else 'sorted'}"
    path = folder / f"activities-{name}.parquet"
    if path.exists():
        return
    count = people * PER_PERSON
    order = np.random.Generator(np.random.PCG64(SEED)).permutation(count) if shuffled else np.arange(count)
    unfinished = path.with_suffix(".unfinished")
    with pq.ParquetWriter(unfinished, activities(order[:1], gaps).schema, compression="lz4") as writer:
        for first in range(0, count, ROWS_AT_ONCE):
            writer.write_table(activities(order[first : first + ROWS_AT_ONCE], gaps))
    unfinished.rename(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--gaps", action="store_true", help="some cells are empty")
    parser.add_argument("--shuffled", action="store_true", help="rows in any order")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    people = arguments.folder / "people.parquet"
    if not people.exists():
        pq.write_table(pa.table({"person_id": np.arange(arguments.people) + FIRST_ID}), people)
    write(arguments.folder, arguments.people, arguments.gaps, arguments.shuffled)


if __name__ == "__main__":
    main()
