//! `medtrain evaluate-table` and `medtrain plan`: whole populations from tables, and how a decision is read over them.

use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use medtrain::evaluate::Question;
use medtrain::population::{Counts, Origin, OriginTable, Plan, StreamLimits, StreamedVerdicts, TableFile, TableFormat, TableStream, TableWriter};
use medtrain::problem::{Problem, ProblemCode, TrainingError};

use crate::input::{PolicyArguments, QuestionArguments, first, list_and_file, memory};
use crate::output::{Files, error_line, line, reads, unwritable};

/// Judge every subject of a table
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The decision to ask, such as cq-annual-cme
    decision: String,
    /// The table of subjects, .parquet or .arrow: a row for each, with a column of ids
    #[arg(long, value_name = "FILE")]
    subjects: PathBuf,
    /// A table of their records, such as activities=A.parquet, with a column of the ids of their subjects; may be repeated
    #[arg(long = "records", value_name = "LIST=FILE", value_parser = list_and_file)]
    records: Vec<(String, String)>,
    #[command(flatten)]
    question: QuestionArguments,
    /// Where to write the results, .parquet or .arrow
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// How many threads work side by side
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    /// About how much memory to use, such as 512MB or 2GB
    #[arg(long, default_value = "512MB", value_parser = memory)]
    memory: usize,
    /// Promise that every table is sorted by its ids (texts by bytes, whole numbers by size): they are merged, and nothing is laid down in temporary
    /// files; a row that breaks the promise is an error
    #[arg(long)]
    sorted: bool,
    /// Where temporary files are laid down, if the tables are larger than the memory; the system's own place, if left out
    #[arg(long, value_name = "FOLDER")]
    temporary: Option<PathBuf>,
    #[command(flatten)]
    policies: PolicyArguments,
}

/// Say how a decision is read over tables
#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    /// The decision, such as cq-annual-cme
    decision: String,
    #[command(flatten)]
    question: QuestionArguments,
    #[command(flatten)]
    policies: PolicyArguments,
}

pub(crate) fn plan(arguments: &PlanArguments) -> Result<(), TrainingError> {
    let set = arguments.question.beside(arguments.policies.load())?;
    let question = arguments.question.ask(&set, &arguments.decision)?;
    let zh = arguments.question.lang == medtrain::Lang::Zh;
    line(&match (question.plan(), zh) {
        (Plan::Together { totals }, true) => format!("合并读取：所有人员的记录一起读，一次求出{totals}项合计"),
        (Plan::Together { totals }, false) => format!("together: the records of all subjects are read at once for {totals} totals and counts"),
        (Plan::EachAlone { reason }, true) => format!("逐个读取（{reason}）"),
        (Plan::EachAlone { reason }, false) => format!("subject by subject: {reason}"),
    });
    Ok(())
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), TrainingError> {
    let read = TrainingError::both(TableFormat::of_path(&arguments.output), arguments.open());
    let (set, read) = first(arguments.question.beside(arguments.policies.load()), read)?;
    let (question, (format, mut inputs)) = TrainingError::both(arguments.question.ask(&set, &arguments.decision), read)?;
    if let Some(subjects) = inputs.first_mut() {
        question.subject().clone_into(&mut subjects.name);
    }
    let stream = stream(&question, &inputs)?;
    let stream = if arguments.sorted { stream.sorted() } else { stream };
    let mut origin = Origin::new(&question, inputs.iter().map(Input::origin).collect::<Result<_, _>>()?);
    origin.files = arguments.policies.files().iter().map(|path| absolute(path)).collect();
    origin.without = arguments.policies.without().to_vec();

    let file = Files::begin(&arguments.output)?;
    let name = arguments.output.display().to_string();
    let to = file.as_file().try_clone().map_err(|error| unwritable(&arguments.output, &error))?;
    let mut writer = TableWriter::new(&name, format, BufWriter::new(to), &*stream.results()?)?;
    let bar = ProgressBar::new(inputs.first().map_or(0, |subjects| subjects.file.rows())).with_style(style());
    let limits = StreamLimits {
        memory: arguments.memory,
        threads: usize::from(arguments.threads),
        folder: arguments.temporary.as_deref(),
        progress: Some(&|more| bar.inc(more as u64)),
    };
    let told = stream.run(limits, &mut |batch| writer.write(&batch))?;
    bar.finish_and_clear();
    inputs.iter().try_for_each(Input::is_as_it_was)?;
    writer.note(Origin::KEY, &origin.to_json());
    writer.finish()?.into_inner().map_err(|error| unwritable(&arguments.output, error.error()))?;
    let mut files = Files::default();
    files.add(file, &arguments.output)?;
    files.finish()?;
    tell(&told, arguments.question.lang == medtrain::Lang::Zh);
    Ok(())
}

impl Arguments {
    /// The tables, that of the subjects first; everything that is wrong with any.
    fn open(&self) -> Result<Vec<Input>, TrainingError> {
        let subjects = Input::open("subjects", &self.subjects, self.memory);
        let records = self.records.iter().map(|(list, path)| Input::open(list, Path::new(path), self.memory));
        let (mut inputs, mut problems) = (Vec::new(), Vec::new());
        for input in std::iter::once(subjects).chain(records) {
            match input {
                Ok(input) => inputs.push(input),
                Err(error) => problems.extend(error.problems),
            }
        }
        if problems.is_empty() { Ok(inputs) } else { Err(TrainingError { problems }) }
    }
}

/// A table that is read, and how it was when it was opened.
pub(crate) struct Input {
    name: String,
    path: PathBuf,
    pub(crate) file: TableFile,
    modified: Option<SystemTime>,
}

impl Input {
    pub(crate) fn open(name: &str, path: &Path, memory: usize) -> Result<Self, TrainingError> {
        let modified = modified(path);
        reads(path);
        // What cannot be read in smaller parts is read next to everything else.
        let file = TableFile::open(path)?.within(memory / 4);
        Ok(Self { name: name.to_owned(), path: path.to_owned(), file, modified })
    }

    /// What a table of results notes of it.
    pub(crate) fn origin(&self) -> Result<OriginTable, TrainingError> {
        Ok(OriginTable { name: self.name.clone(), path: absolute(&self.path), rows: self.file.rows(), sha256: self.file.sha256()? })
    }

    /// What is noted of it must be true of what was read.
    fn is_as_it_was(&self) -> Result<(), TrainingError> {
        if modified(&self.path) == self.modified {
            return Ok(());
        }
        let problem = Problem::new(ProblemCode::Unreadable, self.path.display().to_string(), "it was changed while it was read");
        Err(problem.with_cure("ask again when nobody writes to it").into())
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|file| file.modified()).ok()
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn stream<'q>(question: &'q Question<'q>, inputs: &[Input]) -> Result<TableStream<'q>, TrainingError> {
    let mut inputs = inputs.iter();
    let Some(subjects) = inputs.next() else {
        return Err(Problem::new(ProblemCode::Missing, "subjects", "no table of subjects").into());
    };
    inputs.try_fold(TableStream::of(question, subjects.file.clone())?, |stream, records| stream.with(&records.name, records.file.clone()))
}

fn tell(told: &StreamedVerdicts, zh: bool) {
    for problem in told.problems.iter().chain(&told.notes) {
        error_line(&format!("{}: {problem}", if zh { "注意" } else { "note" }));
    }
    if !told.ignored.is_empty() {
        let columns = told.ignored.join(", ");
        error_line(&if zh { format!("未使用的列：{columns}") } else { format!("columns passed over: {columns}") });
    }
    line(&summary(told.counts, zh));
}

fn summary(counts: Counts, zh: bool) -> String {
    let Counts { met, unmet, waivable, not_applicable, unknown } = counts;
    let all = met + unmet + waivable + not_applicable + unknown;
    if zh {
        format!("共{all}：达标{met}，不达标{unmet}，待主管部门认定{waivable}，不适用{not_applicable}，资料不足{unknown}")
    } else {
        format!(
            "{all} in all: {met} met, {unmet} not met, {waivable} for the authority to decide, {not_applicable} not applicable, {unknown} unknown"
        )
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed}").unwrap_or_else(|_| ProgressStyle::default_bar())
}
