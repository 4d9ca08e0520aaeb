"""How many people stand at exactly 25.0 credits, and how many of them binary floats judge wrongly, whose credits are added up in tenths one after the other."""

import argparse
import json
import pathlib

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from generate import PER_PERSON


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--activities", type=pathlib.Path, required=True, help="sorted, without an empty cell")
    table = pq.read_table(parser.parse_args().activities)

    # Those whose credits count, as the rule says.
    column = lambda name: table[name].combine_chunks().to_numpy(zero_copy_only=False)
    awarded, electronic = column("awarded_on"), column("electronic")
    inside = pc.starts_with(table["place_code"].cast("string"), "50").to_numpy()
    national = pc.equal(table["activity_level"].cast("string"), "national").to_numpy()
    proof = column("has_proof") & (column("proof_starts_on") >= column("starts_on")) & (column("proof_ends_on") <= column("ends_on"))
    in_year = (awarded >= np.datetime64("2023-11-01")) & (awarded <= np.datetime64("2024-10-31"))
    counts = in_year & (electronic | ~inside) & (electronic | inside | (national & proof)) & column("profession_related")

    words = np.frombuffer(table["credits"].combine_chunks().buffers()[1], dtype=np.int64).reshape(-1, 2)[:, 0]
    hundredths = np.where(counts, words, 0).reshape(-1, PER_PERSON)
    exact = hundredths.sum(axis=1)
    binary = np.zeros(len(exact))
    for record in range(PER_PERSON):
        binary += hundredths[:, record] / 100.0
    wrong = (binary >= 25.0) != (exact >= 2500)
    story = {
        "people": len(exact),
        "at_exactly_25": int((exact == 2500).sum()),
        "judged_wrongly_by_floats": int(wrong.sum()),
        "of_these_at_exactly_25": int((wrong & (exact == 2500)).sum()),
        "a_sum_that_should_be_25": repr(float(binary[wrong][0])) if wrong.any() else None,
    }
    print(json.dumps(story))


main()
