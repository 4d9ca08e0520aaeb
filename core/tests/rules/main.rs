//! Rules as authors write them: loaded or refused, linted, compared, and judged.

mod calendar;
mod difference;
mod earliest;
mod embedded;
mod judging;
mod known;
mod layers;
mod lint;
mod missing;
mod outcomes;
mod policy_file;
mod remedy;
mod stays;
mod versions;
mod ways;
mod what_if;
mod within;
mod written;
