//! Quotas and rankings as tables: how far each line has come, and why it stands as it does.

use rust_decimal::Decimal;
use serde::Serialize;
use smol_str::SmolStr;

use super::words::RegionWords;
use crate::evaluate::{Finding, Question, Reason, Status, Verdict};
use crate::explain::{Labels, consequence_words, details_words, figure_words, sentence};
use crate::lang::{Lang, Text};
use crate::problem::ProblemCode;
use crate::quantity::parse_decimal;
use crate::region::{Rank, Ranking, Share};
use crate::render::page::data::{ProblemGroup, problem_count, problem_groups};
use crate::render::words::{self, Words, capital};
use crate::render::{RenderError, Report, ReportProblem, Severity, basis, templates, xlsx};

/// A table of standings, ready to be rendered in either form.
#[derive(Clone, Debug, Serialize)]
pub struct StandingsTable {
    lang: &'static str,
    title: String,
    question: String,
    under: String,
    #[serde(skip)]
    as_of: crate::quantity::Day,
    heads: Vec<Head>,
    rows: Vec<Vec<Cell>>,
    notes: Vec<(String, String, String)>,
    notes_head: &'static str,
    basis_head: &'static str,
    basis: Vec<(&'static str, String)>,
    nothing: &'static str,
    w: &'static Words,
    /// What was wrong with the workbook, by kind, and each problem alone.
    problems: Vec<ProblemGroup>,
    problem_count: usize,
    #[serde(skip)]
    sheet: Vec<Told>,
}

/// A problem of the workbook, in the language of the table.
#[derive(Clone, Debug)]
struct Told {
    severity: Severity,
    code: ProblemCode,
    places: Vec<String>,
    count: usize,
    change: (Option<String>, Option<String>),
    text: String,
    cure: Option<String>,
}

impl Told {
    fn problem(&self) -> ReportProblem<'_> {
        ReportProblem {
            severity: self.severity,
            code: self.code,
            places: &self.places,
            count: self.count,
            change: (self.change.0.as_deref(), self.change.1.as_deref()),
            text: Text::same(&self.text),
            cure: self.cure.as_deref().map(Text::same),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct Head {
    text: String,
    number: bool,
    width: u8,
}

/// A cell: what people read, with a number and a status where it has them.
#[derive(Clone, Debug, Default, Serialize)]
struct Cell {
    text: String,
    #[serde(skip)]
    number: Option<Decimal>,
    #[serde(skip)]
    share: bool,
    code: &'static str,
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn count(number: u32) -> Self {
        Self { text: number.to_string(), number: Some(number.into()), ..Self::default() }
    }

    fn share(share: Share) -> Self {
        let number = Decimal::from(share.part).checked_div(share.whole.into());
        Self { text: super::told::percent(share), number, share: true, ..Self::default() }
    }

    fn amount(text: String, number: Option<&SmolStr>) -> Self {
        Self { text, number: number.and_then(|number| parse_decimal(number)), ..Self::default() }
    }

    fn status(status: Status, lang: Lang) -> Self {
        Self { text: format!("{} {}", words::symbol(status), words::status(status, lang)), code: status.code(), ..Self::default() }
    }
}

fn heads(words: &[(&str, bool, u8)]) -> Vec<Head> {
    words.iter().map(|(text, number, width)| Head { text: (*text).to_owned(), number: *number, width: *width }).collect()
}

impl StandingsTable {
    /// Quotas: a line for each comparison that the decision makes of each subject of a report.
    #[must_use]
    pub fn quotas(report: &Report<'_>) -> Self {
        let (lang, w, r) = (report.lang, Words::of(report.lang), RegionWords::of(report.lang));
        let mut rows = Vec::new();
        for row in report.rows {
            let name = row.facts.name().or(row.facts.number()).unwrap_or_default();
            for finding in &row.verdict.findings {
                rows.extend(quota(finding, row.verdict, report.labels, lang).into_iter().map(|mut cells| {
                    cells.insert(0, Cell::text(name));
                    cells
                }));
            }
        }
        let heads = heads(&[
            (r.subject, false, 22),
            (w.provision, false, 18),
            (r.measured, false, 24),
            (w.have, true, 14),
            (w.required, true, 14),
            (r.more, true, 12),
            (r.standing, false, 14),
            (w.by_day, false, 12),
            (r.why, false, 44),
        ]);
        let provisions: Vec<&str> = report.rows.iter().flat_map(|row| &row.verdict.findings).map(|finding| finding.provision.as_str()).collect();
        Self {
            lang: lang.tag(),
            title: report.title.to_owned(),
            question: report.question.to(lang).to_owned(),
            under: format!("{} · {}", report.policy.number, report.as_of),
            as_of: report.as_of,
            heads,
            rows,
            notes: notes(&provisions, report.labels, &report.policy.number, lang),
            notes_head: w.notes,
            basis_head: w.basis,
            basis: basis::basis(report),
            nothing: w.nobody,
            w,
            problems: Vec::new(),
            problem_count: 0,
            sheet: Vec::new(),
        }
    }

    /// A ranking: a line for each specialty base, the lowest rate first.
    #[must_use]
    pub fn ranking(ranking: &Ranking, question: &Question<'_>, labels: &Labels, title: &str, lang: Lang) -> Self {
        let (w, r) = (Words::of(lang), RegionWords::of(lang));
        let (before, now) = ((ranking.year.saturating_sub(1)).to_string(), ranking.year.to_string());
        let head = |year: &str, word: &str| format!("{year} {word}");
        let (rate_before, place_before, rate_now, place_now) =
            (head(&before, r.pass_rate), head(&before, r.place), head(&now, r.pass_rate), head(&now, r.place));
        let heads = heads(&[
            (r.base, false, 14),
            (r.speciality, false, 16),
            (&rate_before, true, 14),
            (&place_before, true, 14),
            (&rate_now, true, 14),
            (&place_now, true, 14),
            (r.standing, false, 26),
            (r.why, false, 60),
        ]);
        let rate = |rank: Option<Rank>| rank.map_or_else(|| Cell::text("—"), |rank| Cell::share(Share { part: rank.passed, whole: rank.taken }));
        let place = |rank: Option<Rank>| {
            rank.map_or_else(
                || Cell::text("—"),
                |rank| {
                    let tied = if rank.tied > 1 {
                        lang.pick(format!("（{}家并列）", rank.tied), format!(" ({} tied)", rank.tied))
                    } else {
                        String::new()
                    };
                    let open = if rank.open > 0 {
                        lang.pick(format!("（另有{}项成绩不明）", rank.open), format!(" ({} not known)", rank.open))
                    } else {
                        String::new()
                    };
                    Cell { text: format!("{}/{}{tied}{open}", rank.from_last, rank.of), ..Cell::count(rank.from_last) }
                },
            )
        };
        let row = |line: &crate::region::RankingLine| {
            let said: Vec<String> = line
                .verdict
                .consequences
                .iter()
                .map(|one| format!("{} {}", words::effect_symbol(one.state), consequence_words(one, labels, lang)))
                .collect();
            let code = line.verdict.consequences.first().map_or("", |one| match one.state {
                crate::evaluate::ConsequenceState::Open => "unmet",
                crate::evaluate::ConsequenceState::Closed => "met",
                crate::evaluate::ConsequenceState::Unknown => "unknown",
            });
            let why: Vec<String> = line.verdict.findings.iter().flat_map(|finding| details_words(finding, labels, lang)).collect();
            vec![
                Cell::text(&line.base_id),
                Cell::text(line.speciality.as_deref().unwrap_or_default()),
                rate(line.before),
                place(line.before),
                rate(line.now),
                place(line.now),
                Cell { code, ..Cell::text(said.join(lang.pick("；", "; "))) },
                Cell::text(why.join(lang.pick("；", "; "))),
            ]
        };
        let provisions: Vec<&str> = ranking.lines.iter().flat_map(|line| &line.verdict.findings).map(|finding| finding.provision.as_str()).collect();
        let text = question.text();
        let document = question.document();
        Self {
            lang: lang.tag(),
            title: ranking.region.as_deref().unwrap_or(title).to_owned(),
            question: text.to(lang).to_owned(),
            under: format!("{} · {} · {}", ranking.policy.number, ranking.year, ranking.as_of),
            as_of: ranking.as_of,
            heads,
            rows: ranking.lines.iter().map(row).collect(),
            notes: notes(&provisions, labels, &ranking.policy.number, lang),
            notes_head: w.notes,
            basis_head: w.basis,
            basis: vec![
                (w.policy, format!("{} {}", document.to(lang), ranking.policy.number)),
                (w.version, format!("{} {}", ranking.policy.id, ranking.policy.version)),
                (w.hash, ranking.policy.hash.clone()),
                (w.as_of, ranking.as_of.to_string()),
                (w.given, basis::given(&ranking.given, labels, lang)),
                (w.digest, crate::hash::of(ranking.to_json().as_bytes())),
                (w.engine, concat!("medtrain ", env!("CARGO_PKG_VERSION")).to_owned()),
            ],
            nothing: r.nothing,
            w,
            problems: Vec::new(),
            problem_count: 0,
            sheet: Vec::new(),
        }
    }

    /// The table with what was wrong with the workbook that it was made of.
    #[must_use]
    pub fn with_problems(self, problems: &[ReportProblem<'_>], lang: Lang) -> Self {
        let told = |problem: &ReportProblem<'_>| Told {
            severity: problem.severity,
            code: problem.code,
            places: problem.places.to_vec(),
            count: problem.count,
            change: (problem.change.0.map(str::to_owned), problem.change.1.map(str::to_owned)),
            text: problem.text.to(lang).to_owned(),
            cure: problem.cure.map(|cure| cure.to(lang).to_owned()),
        };
        Self { problems: problem_groups(problems, lang), problem_count: problem_count(problems), sheet: problems.iter().map(told).collect(), ..self }
    }

    /// What stands in it, the heads first.
    #[must_use]
    pub fn texts(&self) -> Vec<Vec<String>> {
        let heads = self.heads.iter().map(|head| head.text.clone()).collect();
        std::iter::once(heads).chain(self.rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect())).collect()
    }

    /// The table as one HTML file.
    ///
    /// # Errors
    /// Where the template fails, which would be a fault of this library.
    pub fn html(&self) -> Result<String, RenderError> {
        templates::render("standings.html", self)
    }

    /// The table as the bytes of an `.xlsx` workbook.
    ///
    /// # Errors
    /// Where the workbook cannot be written, which would be a fault of this library.
    pub fn xlsx(&self) -> Result<Vec<u8>, RenderError> {
        use rust_xlsxwriter::{DocProperties, Workbook};
        let looks = xlsx::Looks::new();
        let mut book = Workbook::new();
        let properties = DocProperties::new().set_title(&self.question).set_subject(&self.title).set_author("medtrain");
        book.set_properties(&properties.set_creation_datetime(&xlsx::written(self.as_of)));
        let page = book.add_worksheet();
        page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        let mut sheet = xlsx::Sheet { page, looks: &looks, row: 0, lines: 1 };
        let columns: Vec<(String, f64)> = self.heads.iter().map(|head| (head.text.clone(), f64::from(head.width))).collect();
        sheet.head(&columns)?;
        for row in &self.rows {
            for ((column, cell), head) in (0..).zip(row).zip(&self.heads) {
                match (&cell.number, Status::of(cell.code)) {
                    (Some(number), _) if cell.share => sheet.number(column, Some(*number), &looks.percent)?,
                    (Some(number), _) => sheet.number(column, Some(*number), &looks.number)?,
                    (None, Some(status)) => sheet.text(column, &cell.text, looks.of(status))?,
                    (None, None) => sheet.wrapped(column, &cell.text, usize::from(head.width))?,
                }
            }
            sheet.next();
        }
        sheet.settle(columns.len(), 1)?;
        for (key, value) in self
            .notes
            .iter()
            .map(|(name, article, says)| (format!("{name} {article}"), says.clone()))
            .chain(self.basis.iter().map(|(key, value)| ((*key).to_owned(), value.clone())))
        {
            sheet.next();
            sheet.text(0, &key, &looks.soft)?;
            sheet.text(1, &value, &looks.soft)?;
        }
        if !self.sheet.is_empty() {
            let page = book.add_worksheet();
            page.set_name(self.w.problems)?;
            page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
            let problems: Vec<ReportProblem<'_>> = self.sheet.iter().map(Told::problem).collect();
            let lang = Lang::of(self.lang).unwrap_or(Lang::Zh);
            xlsx::list_problems(&mut xlsx::Sheet { page, looks: &looks, row: 0, lines: 1 }, &problems, lang)?;
        }
        Ok(book.save_to_buffer()?)
    }
}

/// The lines of a finding: one for each comparison, or one with what it tells where it makes none.
fn quota(finding: &Finding, verdict: &Verdict, labels: &Labels, lang: Lang) -> Vec<Vec<Cell>> {
    let name = capital(labels.name(&finding.provision, lang));
    let due = finding.due.map(|day| day.to_string()).unwrap_or_default();
    let why = match finding.reason {
        Some(Reason::Informative) => lang.pick("只列数字，不作判定", "counted, and not judged").to_owned(),
        _ => sentence(finding, labels, verdict.as_of, lang),
    };
    let figures = figure_words(finding, labels, lang);
    if figures.is_empty() {
        let line = |detail: String, standing: Cell| {
            let nothing = Cell::default;
            vec![Cell::text(&name), Cell::text(detail), nothing(), nothing(), nothing(), standing, Cell::text(&due), Cell::text(&why)]
        };
        let details = details_words(finding, labels, lang);
        if details.is_empty() && !matches!(finding.status, Status::NotApplicable) && finding.reason != Some(Reason::Informative) {
            return vec![line(String::new(), Cell::status(finding.status, lang))];
        }
        return details.into_iter().map(|detail| line(detail, Cell::text("–"))).collect();
    }
    let line = |figure: crate::explain::FigureWords| {
        let status = match figure.figure.holds {
            Some(true) => Status::Met,
            // What is not due yet fails nothing.
            Some(false) | None if finding.status == Status::NotApplicable => Status::NotApplicable,
            Some(false) => Status::Unmet,
            None => match (&figure.figure.shortfall, finding.status) {
                (Some(gap), _) if gap == "0" => Status::Met,
                (Some(_), status) => status,
                (None, _) => Status::Unknown,
            },
        };
        vec![
            Cell::text(&name),
            Cell::text(figure.name.map_or_else(String::new, |name: String| capital(&name))),
            Cell::amount(figure.actual.unwrap_or_default(), figure.figure.actual.as_ref()),
            Cell::amount(
                figure.required.map(|required| required.trim_start_matches("要求").to_owned()).unwrap_or_default(),
                figure.figure.required.as_ref(),
            ),
            Cell::amount(figure.short.unwrap_or_default(), figure.figure.shortfall.as_ref().filter(|gap| *gap != "0")),
            Cell::status(status, lang),
            Cell::text(&due),
            // Of several comparisons, one that holds has no part in what the others lack.
            Cell::text(if status == Status::Met && finding.status != Status::Met { "" } else { &why }),
        ]
    };
    figures.into_iter().map(line).collect()
}

/// The articles of these provisions, each once.
fn notes(provisions: &[&str], labels: &Labels, number: &str, lang: Lang) -> Vec<(String, String, String)> {
    let mut told: Vec<&str> = Vec::new();
    for provision in provisions {
        if !told.contains(provision) {
            told.push(provision);
        }
    }
    let note = |provision: &str| {
        let label = labels.provision(provision)?;
        let document = label.layer.as_deref().unwrap_or(number);
        Some((capital(label.name(lang)), format!("{document} {}", label.article), label.says(lang).to_owned()))
    };
    told.into_iter().filter_map(note).collect()
}
