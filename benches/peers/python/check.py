"""Holds answers against medtrain's, person by person and figure by figure; the first that differs is named, and everything stops."""

import argparse
import pathlib
import sys

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

# A set of statuses is a number: one bit for each that it can still take.
BITS = {"unmet": 1, "waivable": 2, "met": 4, "not_applicable": 8}
FINDINGS = {"hours": "cq-hours", "credits": "cq-credits", "job": "cq-job-related-credits", "ratio": "cq-subject-ratio"}
RECORDS = {"by_year": "cq-credit-year", "by_platform": "cq-electronic-credits", "by_outside": "cq-outside-national"}
FIGURES = ["actual", "shortfall", "low", "high"]
NOTHING = -1


def bits(table, prefix=""):
    """What each row's status can be, from the columns of a table of verdicts."""
    sets = [[BITS.get(code, 0) for code in dictionary(table[prefix + "status"]).to_pylist()]]
    possible = dictionary(table[prefix + "possible"]).to_pylist()
    sets.append([sum(BITS[code] for code in entry.split("|")) if entry else 0 for entry in possible])
    known, still = (np.array(values or [0])[codes(table[prefix + name])] for values, name in zip(sets, ("status", "possible")))
    return np.where(still > 0, still, known)


def dictionary(column):
    return pc.unique(column.cast(pa.string()))


def codes(column):
    return pc.index_in(column.cast(pa.string()), dictionary(column)).to_numpy()


def millionths(column, scale):
    """An exact column in millionths; what is empty is -1, which no figure is."""
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.decimal128(38, 6)).combine_chunks()
        words = np.frombuffer(column.buffers()[1], dtype=np.int64).reshape(-1, 2)[column.offset : column.offset + len(column), 0]
        return np.where(column.is_null().to_numpy(zero_copy_only=False), NOTHING, words)
    return pc.fill_null(pc.multiply(column.cast(pa.int64()), scale), NOTHING).to_numpy()


def of_medtrain(table):
    """The verdicts as plain numbers by column."""
    answer = {"person_id": table["subject_id"].cast(pa.int64()).to_numpy(), "possible": bits(table)}
    for name in ("counted", "excluded", "undecided"):
        answer[name] = table[name].to_numpy()
    for name, provision in RECORDS.items():
        answer[name] = table[f"excluded_by.{provision}"].to_numpy()
    for name, provision in FINDINGS.items():
        answer[f"{name}_possible"] = bits(table, f"{provision}.")
        for figure in FIGURES + (["required"] if name == "ratio" else []):
            column = f"{provision}.actual_{figure}" if figure in ("low", "high") else f"{provision}.{figure}"
            answer[f"{name}_{figure}"] = millionths(table[column], 1)
    return answer


def of_peer(table, reference):
    """A peer's answer in the same form, in the order of people; where nothing is missing it need not say so."""
    table = table.sort_by("person_id")
    answer = {}
    for name, expected in reference.items():
        if name not in table.column_names:
            absent = 0 if name == "undecided" else NOTHING
            answer[name] = np.full(len(expected), absent)
        elif name.endswith(("_actual", "_shortfall", "_low", "_high", "_required")):
            # Whole numbers are hundredths, and thousandths where a fifth is taken.
            answer[name] = millionths(table[name], 1_000 if name in ("ratio_required", "ratio_shortfall") else 10_000)
        else:
            answer[name] = table[name].to_numpy()
    return answer


def difference(reference, other):
    """The first person of whom two answers differ, in words."""
    for name, expected in reference.items():
        if len(other[name]) != len(expected):
            return f"{len(other[name])} people, and medtrain has {len(expected)}"
        differs = np.flatnonzero(other[name] != expected)
        if len(differs):
            row = differs[0]
            person = reference["person_id"][row]
            return f"person {person}, {name}: {other[name][row]}, and medtrain says {expected[row]} ({len(differs)} people differ)"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--medtrain", type=pathlib.Path, required=True)
    parser.add_argument("answers", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()
    reference = of_medtrain(pq.read_table(arguments.medtrain).sort_by("subject_id"))
    for path in arguments.answers:
        table = pq.read_table(path)
        other = of_medtrain(table.sort_by("subject_id")) if "subject_id" in table.column_names else of_peer(table, reference)
        found = difference(reference, other)
        if found:
            sys.exit(f"{path.stem}: {found}")
        print(f"{path.stem}: the same answers for {len(reference['person_id'])} people", file=sys.stderr)


if __name__ == "__main__":
    main()
