"""The rule by hand in SQL, for DuckDB: over a table of its own, or over Arrow.

SQL's logic of three values is that of the rule: an empty cell leaves a condition open. Only two columns say something by being empty: without a day of granting the last
day decides, and without a mark the kind of subject says whether a record is of the profession.
"""

import sys

import duckdb
import pyarrow.parquet as pq

from generate import KINDS, LEVELS, PLACES
from measure import arguments, measure

# The layout of which DuckDB is fastest, as tried: narrow whole numbers and words as codes.
NARROW = """
    CREATE TABLE activities AS
    SELECT * REPLACE (
        person_id::INTEGER AS person_id, (credits * 100)::SMALLINT AS credits, (hours * 100)::SMALLINT AS hours,
        subject_kind::kind AS subject_kind, place_code::place AS place_code, activity_level::level AS activity_level
    )
    FROM read_parquet(?)
"""

# One row a record: the three provisions about records, and whose totals it belongs to.
JUDGED = """
    SELECT *,
        in_year AND on_platform AND from_outside AS admissible,
        coalesce(profession_related, subject_kind <> 'public') AS of_profession
    FROM (
        SELECT person_id, credits, hours, subject_kind, job_related, profession_related,
            coalesce(awarded_on, ends_on) BETWEEN DATE '2023-11-01' AND DATE '2024-10-31' AS in_year,
            electronic OR NOT starts_with(place_code, '50') OR coalesce(awarded_on, ends_on) < DATE '2017-01-01' AS on_platform,
            electronic OR starts_with(place_code, '50')
                OR (activity_level = 'national' AND has_proof AND proof_starts_on >= starts_on AND proof_ends_on <= ends_on) AS from_outside
        FROM activities
    )
"""

COUNTS = """
        count(*) FILTER (admissible)::INTEGER AS counted,
        count(*) FILTER (NOT admissible)::INTEGER AS excluded,
        count(*) FILTER (NOT in_year)::INTEGER AS by_year,
        count(*) FILTER (NOT on_platform)::INTEGER AS by_platform,
        count(*) FILTER (NOT from_outside)::INTEGER AS by_outside,
"""



class Figures:
    """How amounts are held: exact decimals as they come, or whole hundredths, which are narrower."""

    def __init__(self, decimals):
        self.unit = 1 if decimals else 100
        # A fifth of hundredths, and what is held against it, are thousandths.
        self.fifth, self.whole = ("* 0.2", "") if decimals else ("* 2", "* 10")
        self.total = "DECIMAL(18, 2)" if decimals else "INTEGER"


def complete(figures):
    """The query where no cell is empty."""
    hours, credits, job = (figures.unit * required for required in (80, 25, 15))

    def total(amount, condition):
        return f"coalesce(sum({amount}) FILTER ({condition}), 0)::{figures.total}"

    return f"""
WITH totals AS (
    SELECT person_id, {COUNTS}
        {total("hours", "admissible")} AS hours,
        {total("credits", "admissible AND of_profession")} AS credits,
        {total("credits", "admissible AND of_profession AND job_related")} AS job,
        {total("hours", "admissible AND subject_kind = 'public'")} AS public
    FROM ({JUDGED}) GROUP BY person_id
),
findings AS (
    SELECT *,
        CASE WHEN hours >= {hours} THEN 4 ELSE 1 END AS hours_possible,
        CASE WHEN credits >= {credits} THEN 4 ELSE 1 END AS credits_possible,
        CASE WHEN job >= {job} THEN 4 ELSE 1 END AS job_possible,
        CASE WHEN hours = 0 THEN 8 WHEN public * 5 >= hours - public THEN 4 ELSE 2 END AS ratio_possible
    FROM totals
)
SELECT person_id, counted, excluded, by_year, by_platform, by_outside,
    (CASE WHEN hours_possible + credits_possible + job_possible < 12 THEN 1 WHEN ratio_possible = 2 THEN 2 ELSE 4 END)::TINYINT AS possible,
    hours_possible::TINYINT AS hours_possible, hours AS hours_actual, greatest({hours} - hours, 0) AS hours_shortfall,
    credits_possible::TINYINT AS credits_possible, credits AS credits_actual, greatest({credits} - credits, 0) AS credits_shortfall,
    job_possible::TINYINT AS job_possible, job AS job_actual, greatest({job} - job, 0) AS job_shortfall,
    ratio_possible::TINYINT AS ratio_possible,
    CASE WHEN hours > 0 THEN public END AS ratio_actual,
    CASE WHEN hours > 0 THEN (hours - public) {figures.fifth} END AS ratio_required,
    CASE WHEN hours > 0 THEN greatest((hours - public) {figures.fifth} - public {figures.whole}, 0) END AS ratio_shortfall
FROM findings
"""


def bounds(figures, name, amount, condition):
    """The least and greatest total of an amount over the records of which a condition may hold; no greatest where an amount that may count is not known."""
    return f"""
        coalesce(sum({amount}) FILTER ({condition}), 0)::{figures.total} AS {name}_low,
        CASE WHEN count(*) FILTER ({amount} IS NULL AND ({condition}) IS DISTINCT FROM FALSE) = 0
            THEN coalesce(sum({amount}) FILTER (({condition}) IS DISTINCT FROM FALSE), 0)::{figures.total} END AS {name}_high"""


def at_least(name, required):
    """The finding of a total that must reach a figure."""
    low, high = f"{name}_low", f"{name}_high"
    return f"""
        ((CASE WHEN {low} < {required} THEN 1 ELSE 0 END) + (CASE WHEN {high} IS NULL OR {high} >= {required} THEN 4 ELSE 0 END))::TINYINT AS {name}_possible,
        CASE WHEN {low} = {high} THEN {low} END AS {name}_actual,
        CASE WHEN {low} >= {required} THEN 0 WHEN {low} = {high} THEN {required} - {low} END AS {name}_shortfall"""


def with_gaps(figures):
    """The query where some cells are empty."""
    return f"""
WITH totals AS (
    SELECT person_id, {COUNTS}
        count(*) FILTER (admissible IS NULL)::INTEGER AS undecided,
        {bounds(figures, "hours", "hours", "admissible")},
        {bounds(figures, "credits", "credits", "admissible AND of_profession")},
        {bounds(figures, "job", "credits", "admissible AND of_profession AND job_related")},
        {bounds(figures, "public", "hours", "admissible AND subject_kind = 'public'")},
        {bounds(figures, "other", "hours", "admissible AND subject_kind <> 'public'")}
    FROM ({JUDGED}) GROUP BY person_id
),
findings AS (
    SELECT *, {at_least("hours", 80 * figures.unit)}, {at_least("credits", 25 * figures.unit)}, {at_least("job", 15 * figures.unit)},
        hours_high IS NULL OR hours_high > 0 AS applies,
        ((CASE WHEN applies AND (other_high IS NULL OR public_low * 5 < other_high) THEN 2 ELSE 0 END)
            + (CASE WHEN applies AND (public_high IS NULL OR public_high * 5 >= other_low) THEN 4 ELSE 0 END)
            + (CASE WHEN hours_low = 0 THEN 8 ELSE 0 END))::TINYINT AS ratio_possible
    FROM totals
)
SELECT person_id, counted, excluded, undecided, by_year, by_platform, by_outside,
    ((CASE WHEN 1 IN (hours_possible & 1, credits_possible & 1, job_possible & 1) THEN 1 ELSE 0 END)
        + (CASE WHEN hours_possible & credits_possible & job_possible & 4 = 4 THEN
            (ratio_possible & 2) + (CASE WHEN ratio_possible & 12 > 0 THEN 4 ELSE 0 END) ELSE 0 END))::TINYINT AS possible,
    hours_possible, hours_actual, hours_shortfall, CASE WHEN hours_actual IS NULL THEN hours_low END AS hours_low,
    CASE WHEN hours_actual IS NULL THEN hours_high END AS hours_high,
    credits_possible, credits_actual, credits_shortfall, CASE WHEN credits_actual IS NULL THEN credits_low END AS credits_low,
    CASE WHEN credits_actual IS NULL THEN credits_high END AS credits_high,
    job_possible, job_actual, job_shortfall, CASE WHEN job_actual IS NULL THEN job_low END AS job_low, CASE WHEN job_actual IS NULL THEN job_high END AS job_high,
    ratio_possible,
    CASE WHEN applies AND public_low = public_high THEN public_low END AS ratio_actual,
    CASE WHEN applies AND other_low = other_high THEN other_low {figures.fifth} END AS ratio_required,
    CASE WHEN NOT applies THEN NULL WHEN ratio_possible & 2 = 0 THEN 0
        WHEN public_low = public_high AND other_low = other_high THEN other_low {figures.fifth} - public_low {figures.whole} END AS ratio_shortfall,
    CASE WHEN applies AND public_low IS DISTINCT FROM public_high THEN public_low END AS ratio_low,
    CASE WHEN applies AND public_low IS DISTINCT FROM public_high THEN public_high END AS ratio_high
FROM findings
"""


def main():
    over_arrow = sys.argv.pop(1) == "arrow"
    asked = arguments()
    connection = duckdb.connect(config={"threads": asked.threads})
    connection.execute("SET preserve_insertion_order = false")
    if over_arrow:
        connection.register("activities", pq.read_table(asked.activities))
    else:
        for name, words in {"kind": KINDS, "place": PLACES, "level": LEVELS}.items():
            connection.execute(f"CREATE TYPE {name} AS ENUM ({', '.join(repr(word) for word in words)})")
        connection.execute(NARROW, [str(asked.activities)])
    query = (with_gaps if asked.gaps else complete)(Figures(decimals=over_arrow))
    measure(lambda: connection.sql(query).to_arrow_table(), asked)


main()
