"""The rule by hand for Polars: lazy, one group-by of masked columns, the engine and the layout that were the fastest as tried.

Polars' logic of three values is that of the rule: an empty cell leaves a condition open. Only two columns say something by being empty: without a day of granting the last
day decides, and without a mark the kind of subject says whether a record is of the profession.
"""

import datetime
import os

from generate import KINDS, LEVELS, PLACES
from measure import arguments, measure

ASKED = arguments()
# Polars reads it when it is loaded.
os.environ["POLARS_MAX_THREADS"] = str(ASKED.threads)

import polars as pl  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from polars import col, lit, when  # noqa: E402

ZERO = lit(0, pl.Int16)


def narrow(table, ordered):
    """Whole hundredths in 16 bits, words as codes."""
    words = {"subject_kind": KINDS, "place_code": PLACES, "activity_level": LEVELS}
    frame = pl.from_arrow(table).with_columns(
        col("person_id").cast(pl.Int32),
        *((col(name) * 100).cast(pl.Int16) for name in ("credits", "hours")),
        *(col(name).cast(pl.String).cast(pl.Enum(codes)) for name, codes in words.items()),
    )
    frame = frame.rechunk()
    return frame.with_columns(col("person_id").set_sorted()) if ordered else frame


def judged(frame):
    """One row a record: the three provisions about records, and whose totals it belongs to."""
    day = pl.coalesce("awarded_on", "ends_on")
    inside = col("place_code").cat.starts_with("50")
    proof = col("has_proof") & (col("proof_starts_on") >= col("starts_on")) & (col("proof_ends_on") <= col("ends_on"))
    return (
        frame.lazy()
        .select(
            "person_id",
            "credits",
            "hours",
            "job_related",
            public=col("subject_kind") == "public",
            of_profession=pl.coalesce(col("profession_related"), col("subject_kind") != "public"),
            in_year=day.is_between(datetime.date(2023, 11, 1), datetime.date(2024, 10, 31)),
            on_platform=col("electronic") | ~inside | (day < datetime.date(2017, 1, 1)),
            from_outside=col("electronic") | inside | ((col("activity_level") == "national") & proof),
        )
        .with_columns(admissible=col("in_year") & col("on_platform") & col("from_outside"))
        .with_columns(professional=col("admissible") & col("of_profession"))
    )


BY_PROVISION = {"by_year": ~col("in_year"), "by_platform": ~col("on_platform"), "by_outside": ~col("from_outside")}
COUNTS = [col(name).cast(pl.Int32) for name in ("counted", "excluded", *BY_PROVISION)]


def complete(frame):
    """The query where no cell is empty."""
    totals = (
        judged(frame)
        .select(
            "person_id",
            counted=col("admissible"),
            excluded=~col("admissible"),
            **BY_PROVISION,
            hours=when("admissible").then("hours").otherwise(ZERO),
            credits=when("professional").then("credits").otherwise(ZERO),
            job=when(col("professional") & col("job_related")).then("credits").otherwise(ZERO),
            public=when(col("admissible") & col("public")).then("hours").otherwise(ZERO),
        )
        .group_by("person_id")
        .agg(pl.all().sum())
    )
    met = {name: col(name) >= required for name, required in REQUIRED.items()}
    others = col("hours") - col("public")
    applies, enough = col("hours") > 0, col("public") * 5 >= others
    ratio = when(applies).then(when(enough).then(4).otherwise(2)).otherwise(8)
    return totals.select(
        "person_id",
        *COUNTS,
        possible=when(~(met["hours"] & met["credits"] & met["job"])).then(1).when(ratio == 2).then(2).otherwise(4),
        **{f"{name}_possible": when(met[name]).then(4).otherwise(1) for name in REQUIRED},
        **{f"{name}_actual": col(name) for name in REQUIRED},
        **{f"{name}_shortfall": (required - col(name)).clip(0) for name, required in REQUIRED.items()},
        ratio_possible=ratio,
        ratio_actual=when(applies).then("public"),
        # A fifth of hundredths, and what is held against it, are thousandths.
        ratio_required=when(applies).then(others * 2),
        ratio_shortfall=when(applies).then((others * 2 - col("public") * 10).clip(0)),
    )


REQUIRED = {"hours": 8000, "credits": 2500, "job": 1500}


def bounds(name, amount, condition):
    """What a total is at least, what it may be more, and how many amounts of it nobody told."""
    return {
        f"{name}_low": when(condition).then(amount).otherwise(ZERO),
        f"{name}_more": when(condition.is_null()).then(amount).otherwise(ZERO),
        f"{name}_open": condition.fill_null(True) & col(amount).is_null(),
    }


def with_gaps(frame):
    """The query where some cells are empty."""
    totals = (
        judged(frame)
        .select(
            "person_id",
            counted=col("admissible"),
            excluded=~col("admissible"),
            undecided=col("admissible").is_null(),
            **BY_PROVISION,
            **bounds("hours", "hours", col("admissible")),
            **bounds("credits", "credits", col("professional")),
            **bounds("job", "credits", col("professional") & col("job_related")),
            **bounds("public", "hours", col("admissible") & col("public")),
            **bounds("other", "hours", col("admissible") & ~col("public")),
        )
        .group_by("person_id")
        .agg(pl.all().sum())
        .with_columns(**{f"{name}_high": when(col(f"{name}_open") == 0).then(col(f"{name}_low") + col(f"{name}_more")) for name in (*REQUIRED, "public", "other")})
    )
    exact = {name: (col(f"{name}_low") == col(f"{name}_high")).fill_null(False) for name in (*REQUIRED, "public", "other")}
    fails = {name: col(f"{name}_low") < required for name, required in REQUIRED.items()}
    holds = {name: (col(f"{name}_high") >= required).fill_null(True) for name, required in REQUIRED.items()}
    applies = (col("hours_high") > 0).fill_null(True)
    waivable = applies & (col("public_low") * 5 < col("other_high")).fill_null(True)
    enough = applies & (col("public_high") * 5 >= col("other_low")).fill_null(True)
    nothing = col("hours_low") == 0
    all_hold = holds["hours"] & holds["credits"] & holds["job"]
    one = {bit: lit(bit, pl.Int8) for bit in (0, 1, 2, 4, 8)}
    bit = lambda condition, value: when(condition).then(one[value]).otherwise(one[0])
    return totals.select(
        "person_id",
        *COUNTS,
        col("undecided").cast(pl.Int32),
        possible=bit(fails["hours"] | fails["credits"] | fails["job"], 1) + bit(all_hold & waivable, 2) + bit(all_hold & (enough | nothing), 4),
        **{f"{name}_possible": bit(fails[name], 1) + bit(holds[name], 4) for name in REQUIRED},
        **{f"{name}_actual": when(exact[name]).then(f"{name}_low") for name in REQUIRED},
        **{f"{name}_low": when(~exact[name]).then(f"{name}_low") for name in REQUIRED},
        **{f"{name}_high": when(~exact[name]).then(f"{name}_high") for name in REQUIRED},
        **{
            f"{name}_shortfall": when(~fails[name]).then(0).when(exact[name]).then(required - col(f"{name}_low"))
            for name, required in REQUIRED.items()
        },
        ratio_possible=bit(waivable, 2) + bit(enough, 4) + bit(nothing, 8),
        ratio_actual=when(applies & exact["public"]).then("public_low"),
        ratio_low=when(applies & ~exact["public"]).then("public_low"),
        ratio_high=when(applies & ~exact["public"]).then("public_high"),
        ratio_required=when(applies & exact["other"]).then(col("other_low") * 2),
        ratio_shortfall=when(applies & ~waivable)
        .then(0)
        .when(applies & exact["public"] & exact["other"])
        .then(col("other_low") * 2 - col("public_low") * 10),
    )


def main():
    frame = narrow(pq.read_table(ASKED.activities), not ASKED.shuffled)
    query = (with_gaps if ASKED.gaps else complete)(frame)
    found = {}

    def run():
        found["answer"] = query.collect(engine="streaming")
        return lambda: found["answer"].to_arrow()

    measure(run, ASKED)


main()
