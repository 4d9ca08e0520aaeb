//! Rules as authors write them: loaded or refused, linted, compared, and judged.

mod calendar;
mod difference;
mod embedded;
mod judging;
mod layers;
mod lint;
mod missing;
mod policy_file;
mod written;
