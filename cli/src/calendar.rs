//! `medtrain calendar`: what a policy asks for in a year, by its days.

use clap::Args;
use medtrain::policy::CalendarEntry;
use medtrain::problem::TrainingError;
use medtrain::{Lang, render};

use crate::input::{PolicyArguments, lang};
use crate::output::{line, pretty, table, text};

/// Show what a policy asks for in a year, by its days
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy, such as cq-2017-25
    policy: String,
    /// The calendar year
    #[arg(long, value_parser = clap::value_parser!(i32).range(1..=9999))]
    year: i32,
    /// The language of what people read
    #[arg(long, default_value = "zh", value_parser = lang)]
    lang: Lang,
    /// Print JSON and nothing else
    #[arg(long, conflicts_with = "ics")]
    json: bool,
    /// Print iCalendar, for the calendar of a telephone or an office
    #[arg(long)]
    ics: bool,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let set = arguments.policies.load()?;
    let policy = set.policy(&arguments.policy)?;
    let entries = set.calendar(&arguments.policy, arguments.year)?;
    if arguments.ics {
        text(&render::icalendar(policy, &entries, arguments.lang));
    } else if arguments.json {
        line(&pretty(&entries));
    } else if entries.is_empty() {
        let year = arguments.year;
        line(&arguments.lang.pick(format!("{year}年没有注明日期的事项"), format!("no day is named for {year}")));
    } else {
        table(&entries.iter().map(|entry| row(entry, arguments.lang)).collect::<Vec<_>>());
    }
    Ok(())
}

fn row(entry: &CalendarEntry, lang: Lang) -> Vec<String> {
    let days = if entry.from == entry.until { entry.from.to_string() } else { format!("{} – {}", entry.from, entry.until) };
    vec![days, lang.pick(&entry.zh, &entry.en).clone(), entry.article.clone(), entry.provision.clone()]
}
