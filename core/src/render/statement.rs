//! The statement: what one subject is told, as an HTML page that needs nothing else, to read on a screen or print on A4.
//!
//! In comes an account; out goes the verdict in words first, then each requirement with its bar, what is still to be done, what follows, what is not
//! known, the ledger, the articles and what it all rests on. INVARIANT: every figure of the verdict stands in the page exactly, in a `<data>` element.

mod ledger;
mod requirements;
#[cfg(all(test, feature = "workbook"))]
mod tests;

use serde::Serialize;

use ledger::{Ledger, ledger};
use requirements::{Row, WhyLine, row, told};

use super::bars::METER;
use super::words::{self, Words};
use super::{RenderError, basis, subject, templates};
use crate::account::Account;
use crate::evaluate::{Advice, Consequence, ConsequenceState, PolicyReference, Reason, Status, Verdict};
use crate::explain::{
    self, ConsequenceLabel, Labels, ProvisionLabel, RemedyWords, advice_sentence, blocked_sentences, consequence_sentence, days_left, partial_words,
    questions, remedy_words,
};
use crate::facts::{Entity, Facts, masked};
use crate::feel::Record;
use crate::lang::Lang;

/// What a statement tells, to whom, and for whom it speaks.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The subject with its verdict, and everything that can be said of it.
    pub account: &'a Account<'a>,
    /// Who hands it out: a hospital, an office.
    pub issuer: Option<&'a str>,
    /// Where each record of the ledger stands in its source, in the order of the facts; empty where it is not known.
    pub record_places: &'a [String],
    /// The language.
    pub lang: Lang,
}

impl<'a> Statement<'a> {
    /// The statement of an account, in nobody's name.
    #[must_use]
    pub const fn of(account: &'a Account<'a>, lang: Lang) -> Self {
        Self { account, issuer: None, record_places: &[], lang }
    }
}

/// The statement as one HTML file.
///
/// # Errors
/// Where the template fails, which would be a fault of this library.
pub fn statement(statement: &Statement<'_>) -> Result<String, RenderError> {
    templates::render("statement.html", &Page::of(statement))
}

/// Everything that the template places.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    w: &'static Words,
    code: &'static str,
    word: String,
    issuer: Option<&'a str>,
    question: &'a str,
    name: &'a str,
    who: Vec<(String, String)>,
    number: String,
    given: String,
    as_of: String,
    said: String,
    can_be: Option<String>,
    due: Option<Due>,
    meter: (i64, i64),
    rows: Vec<Row>,
    /// The kinds of stretches that the bars have, with their words.
    legend: Vec<(&'static str, &'static str)>,
    ways: Vec<Way>,
    blocked: Vec<String>,
    effects: Vec<Effect>,
    questions: Vec<String>,
    ledger: Option<Ledger<'a>>,
    notes: Vec<Note<'a>>,
    /// The document whose articles they are, where they name no other.
    document: &'a str,
    basis: Vec<(&'static str, String)>,
    /// What tells the pages of one statement from those of another; it stands in the style sheet, and is made of safe characters alone.
    running: String,
}

/// How long there is left.
#[derive(Serialize)]
struct Due {
    day: String,
    /// What stands before the number, the number, and what stands after it.
    days: (&'static str, Option<i64>, &'static str),
}

/// One way to do what is still to be done.
#[derive(Serialize)]
struct Way {
    head: &'static str,
    steps: Vec<String>,
    by: Option<String>,
    notes: Vec<String>,
    articles: Vec<Reference>,
}

/// What follows from the verdict, or is advised.
#[derive(Serialize)]
struct Effect {
    code: &'static str,
    symbol: &'static str,
    said: String,
    note: Option<usize>,
    why: Vec<WhyLine>,
}

/// An article that is cited, by the number of its note.
#[derive(Serialize, PartialEq, Eq)]
struct Reference {
    note: Option<usize>,
    name: String,
}

/// An article, restated.
#[derive(Serialize)]
struct Note<'a> {
    number: usize,
    name: String,
    /// The document, where it is not the one that the page names above.
    document: Option<&'a str>,
    article: &'a str,
    says: &'a str,
}

/// What is cited, in the order in which it is numbered.
struct Notes<'a> {
    labels: &'a Labels,
    cited: Vec<&'a ProvisionLabel>,
}

impl<'a> Notes<'a> {
    fn of(verdict: &Verdict, labels: &'a Labels) -> Self {
        let mut notes = Self { labels, cited: Vec::new() };
        let records = verdict.records.iter().flat_map(|line| line.excluded_by.iter().map(|by| by.provision.as_str()));
        let effects = verdict.consequences.iter().map(|one| one.provision.as_str()).chain(verdict.advice.iter().map(|one| one.provision.as_str()));
        for provision in verdict.findings.iter().map(|finding| finding.provision.as_str()).chain(effects).chain(records) {
            notes.cite(provision);
        }
        notes
    }

    /// Takes a provision among those that are cited; a part of one stands for the whole.
    fn cite(&mut self, provision: &str) {
        let of = |label: &&ProvisionLabel| label.provision == provision || label.parts.iter().any(|part| part.provision == provision);
        if let Some(label) = self.labels.provisions.iter().find(of)
            && self.number(provision).is_none()
        {
            self.cited.push(label);
        }
    }

    fn number(&self, provision: &str) -> Option<usize> {
        let of = |label: &&ProvisionLabel| label.provision == provision || label.parts.iter().any(|part| part.provision == provision);
        self.cited.iter().position(of).map(|place| place + 1)
    }
}

impl<'a> Page<'a> {
    fn of(statement: &Statement<'a>) -> Self {
        let (account, labels, lang) = (statement.account, &statement.account.labels, statement.lang);
        let (verdict, question) = (account.verdict(), account.question);
        let entity = entity(&verdict.subject);
        let record = account.facts.subject(&verdict.subject);
        let w = entity.map_or_else(|| Words::of(lang), |entity| Words::about(entity, lang));
        let mut notes = Notes::of(verdict, labels);
        for provisional in &account.verdict().provisional {
            notes.cite(&provisional.provision);
        }
        let rows: Vec<Row> = (verdict.findings.iter().enumerate())
            .map(|(place, finding)| row(finding, account.portions.findings.get(place), statement, &notes))
            .collect();
        let (code, word) = answer(verdict, labels, lang);
        let counted = !verdict.records.is_empty();
        let legend: Vec<_> = words::stretches(counted, lang).into_iter().filter(|(kind, _)| rows.iter().any(|row| row.shows(kind))).collect();
        Self {
            lang: lang.tag(),
            w,
            code,
            word: words::capital(&word),
            issuer: statement.issuer,
            question: question.text().to(lang),
            name: named(entity, record).unwrap_or(w.no_name),
            who: entity.zip(record).map_or_else(Vec::new, |(entity, record)| who(entity, record, lang)),
            number: basis::each(&verdict.policy, &verdict.layers, lang, |policy| policy.number.clone()),
            given: basis::given(&verdict.given, labels, lang),
            as_of: verdict.as_of.to_string(),
            said: said(verdict, labels, lang),
            can_be: can_be(verdict, lang),
            due: due(verdict, lang),
            meter: METER,
            rows,
            // What is there explains itself.
            legend: if legend.len() > 1 { legend } else { Vec::new() },
            ways: ways(account, &notes, lang),
            blocked: blocked_sentences(&account.remedies, question, lang),
            effects: effects(account, &notes, lang),
            questions: questions(&explain::asked_for(verdict, labels), question, lang),
            ledger: ledger(statement, record),
            notes: notes.cited.iter().enumerate().map(|(place, label)| note(place + 1, label, lang)).collect(),
            document: &verdict.policy.number,
            basis: rests_on(statement, w),
            running: format!("{} · {} · {}", verdict.decision, verdict.as_of, account.receipt.hash),
        }
    }
}

/// What kind of subject it is.
fn entity(name: &str) -> Option<&'static Entity> {
    Facts::SUBJECTS.iter().copied().find(|entity| entity.name == name)
}

fn named<'a>(entity: Option<&'static Entity>, record: Option<&'a dyn Record>) -> Option<&'a str> {
    let (entity, record) = (entity?, record?);
    subject::text_of(entity, record, entity.fields.get(entity.keys().name?)?.name)
}

/// Who it is, beside the name: number, department, title, institution.
fn who(entity: &'static Entity, record: &dyn Record, lang: Lang) -> Vec<(String, String)> {
    let mut who = Vec::new();
    let number = entity.keys().number.and_then(|slot| entity.fields.get(slot));
    let texts = number.into_iter().chain(["department", "speciality"].iter().filter_map(|name| entity.field(name).map(|(_, field)| field)));
    for field in texts {
        if let Some(text) = subject::text_of(entity, record, field.name) {
            who.push((words::capital(lang.pick(field.zh, field.en)), masked(text)));
        }
    }
    let title = ["title", "title_grade"].iter().find_map(|name| Some((entity.field(name)?.1, subject::code_of(entity, record, name, lang)?)));
    who.extend(title.map(|(field, code)| (words::capital(lang.pick(field.zh, field.en)), code.to_owned())));
    if let Some(institution) = subject::inner_name(entity, record, "institution") {
        let field = entity.field("institution").map_or("", |(_, field)| lang.pick(field.zh, field.en));
        who.push((words::capital(field), institution.to_owned()));
    }
    who
}

/// The code and the word in large: the status, or what the verdict opens, closes or imposes where nothing else is lacking and that is the answer.
fn answer(verdict: &Verdict, labels: &Labels, lang: Lang) -> (&'static str, String) {
    let alone = verdict.status == Status::Met || explain::asks_nothing(verdict);
    let Some(first) = explain::told_first(verdict, labels).into_iter().next().filter(|_| alone) else {
        return (verdict.status.code(), words::status(verdict.status, lang).to_owned());
    };
    let state = explain::consequence_state(first, labels, lang);
    let imposed = labels.provision(&first.provision).and_then(|label| label.consequence.as_ref()).is_some_and(ConsequenceLabel::is_imposed);
    let status = match first.state {
        ConsequenceState::Unknown => Status::Unknown,
        ConsequenceState::Open if !imposed => Status::Met,
        ConsequenceState::Open | ConsequenceState::Closed => Status::Unmet,
    };
    (status.code(), format!("{}{}{state}", labels.name(&first.provision, lang), lang.pick("：", ": ")))
}

/// The verdict as a sentence, and what comes of it where that does not follow.
fn said(verdict: &Verdict, labels: &Labels, lang: Lang) -> String {
    let mut said = explain::outcomes(verdict, labels, lang);
    let follows = !said.is_empty();
    said = said.iter().map(|outcome| format!("{}{}", words::capital(outcome), lang.pick("。", "."))).collect();
    match of_what_is_asked(verdict, labels, lang) {
        _ if follows && explain::asks_nothing(verdict) => {}
        _ if follows && verdict.status == Status::Met && explain::gist(verdict, labels, lang).is_none() => {
            said.push(lang.pick("其余要求都已达到。", "The rest is there.").to_owned());
        }
        asked => said.push(asked),
    }
    let full_stop = lang.pick("。", ".");
    said.extend(explain::for_now(verdict, labels, lang).map(|records| format!("{}{full_stop}", words::capital(&records))));
    said.join(lang.pick("", " ")).trim().to_owned()
}

fn of_what_is_asked(verdict: &Verdict, labels: &Labels, lang: Lang) -> String {
    let full_stop = lang.pick("。", ".");
    if let Some(gist) = explain::gist(verdict, labels, lang) {
        // The day stands beside it in large.
        let due = subject::last_day(verdict);
        let gist = due.and_then(|_| gist.strip_suffix(&explain::until(due, verdict.as_of, lang))).unwrap_or(&gist);
        return format!("{}{full_stop}", words::capital(gist));
    }
    let only = |reason: Reason| !verdict.findings.is_empty() && verdict.findings.iter().all(|finding| finding.reason == Some(reason));
    match verdict.status {
        Status::Met => lang.pick("所要求的都已达到。", "Everything that is asked is there."),
        _ if only(Reason::NotInForce) => lang.pick("这一天，有关规定尚未施行或者已经失效。", "The rules are not in force on this day."),
        _ if only(Reason::NotDue) => lang.pick("尚未到期，暂不作判断。", "It is not due yet."),
        _ if only(Reason::OutOfScope) => lang.pick("这些要求不涉及本对象。", "This is not asked here."),
        Status::NotApplicable => lang.pick("这一天没有须达到的要求。", "Nothing is asked on this day."),
        _ => "",
    }
    .to_owned()
}

/// What an open verdict can still become.
fn can_be(verdict: &Verdict, lang: Lang) -> Option<String> {
    let can: Vec<&str> = verdict.possible.iter().map(|status| words::status(*status, lang)).collect();
    let open = verdict.status == Status::Unknown && can.len() > 1;
    open.then(|| {
        let can = can.join(lang.pick("、", ", "));
        lang.pick(format!("补齐资料后，结果可能是：{can}。"), format!("Once the facts are in, it can be: {can}."))
    })
}

/// How long there is left; of what is settled, nothing is told.
fn due(verdict: &Verdict, lang: Lang) -> Option<Due> {
    let day = subject::last_day(verdict)?;
    let left = (day - verdict.as_of).num_days();
    let plural = |days: i64, one, many| if days == 1 { one } else { many };
    let days = match left {
        0 => (lang.pick("当日截止", "today"), None, ""),
        1.. => (lang.pick("还有", ""), Some(left), lang.pick("天", plural(left, "day left", "days left"))),
        _ => (lang.pick("已过", ""), Some(-left), lang.pick("天", plural(-left, "day ago", "days ago"))),
    };
    Some(Due { day: day.to_string(), days })
}

fn ways(account: &Account<'_>, notes: &Notes<'_>, lang: Lang) -> Vec<Way> {
    let as_of = account.question.as_of();
    let way = |(place, words): (usize, RemedyWords)| {
        let mut articles: Vec<Reference> = Vec::new();
        for closed in &words.closes {
            let reference = Reference { note: notes.number(&closed.provision), name: notes.labels.name(&closed.provision, lang).to_owned() };
            if !articles.contains(&reference) {
                articles.push(reference);
            }
        }
        articles.sort_by_key(|reference| reference.note);
        Way {
            head: if place == 0 { "" } else { lang.pick("或者", "or") },
            by: words.by.map(|by| format!("{by}{}", days_left(by, as_of, lang))),
            steps: words.steps.iter().map(|step| words::capital(step)).collect(),
            notes: words.notes,
            articles,
        }
    };
    let all = remedy_words(&account.remedies, account.question, lang).into_iter().enumerate().map(way);
    let partial = partial_words(&account.remedies, account.question, lang).into_iter().enumerate().map(way);
    let partial = partial.enumerate().map(|(place, way)| match place {
        0 => Way { head: lang.pick("不能全部补上；仍可补上：", "not everything can be closed; what still can:"), ..way },
        _ => way,
    });
    all.chain(partial).collect()
}

fn effects(account: &Account<'_>, notes: &Notes<'_>, lang: Lang) -> Vec<Effect> {
    let (verdict, labels) = (account.verdict(), &account.labels);
    let consequence = |one: &Consequence| {
        let code = match one.state {
            ConsequenceState::Open => "open",
            ConsequenceState::Closed => "closed",
            ConsequenceState::Unknown => "unknown",
        };
        let why = account.why.consequences.iter().find(|why| why.provision == one.provision);
        let details = explain::consequence_details(one, labels, lang);
        let said = std::iter::once(words::capital(&consequence_sentence(one, labels, lang))).chain(details);
        let said = said.collect::<Vec<_>>().join(lang.pick("；", "; "));
        Effect {
            code,
            symbol: words::effect_symbol(one.state),
            said,
            note: notes.number(&one.provision),
            why: why.map_or_else(Vec::new, |why| told(why, account, lang)),
        }
    };
    let advice = |one: &Advice| Effect {
        code: "advice",
        symbol: "→",
        said: words::capital(&advice_sentence(one, labels, lang)),
        note: notes.number(&one.provision),
        why: Vec::new(),
    };
    verdict.consequences.iter().map(consequence).chain(verdict.advice.iter().map(advice)).collect()
}

fn note(number: usize, label: &ProvisionLabel, lang: Lang) -> Note<'_> {
    Note { number, name: words::capital(label.name(lang)), document: label.layer.as_deref(), article: &label.article, says: label.says(lang) }
}

/// What a reader needs to reproduce the statement.
fn rests_on(statement: &Statement<'_>, w: &'static Words) -> Vec<(&'static str, String)> {
    let (receipt, lang) = (&statement.account.receipt, statement.lang);
    let verdict = &receipt.verdict;
    let each = |of: fn(&PolicyReference) -> String| basis::each(&verdict.policy, &verdict.layers, lang, of);
    let document = statement.account.question.document().to(lang);
    let known_on = verdict.known_on.map(|day| (w.known_on, day.to_string()));
    let question =
        [(w.policy, format!("{document} {}", each(|policy| policy.number.clone())).trim().to_owned()), (w.as_of, verdict.as_of.to_string())];
    let rest = [
        (w.given, basis::given(&verdict.given, &statement.account.labels, lang)),
        // The receipt holds these hashes in full, and its own is over them.
        (w.version, each(|policy| format!("{} {} · {}", policy.id, policy.version, short(&policy.hash)))),
        (w.facts, short(&receipt.facts).to_owned()),
        (w.engine, format!("medtrain {}", receipt.engine)),
        (w.receipt, receipt.hash.clone()),
    ];
    question.into_iter().chain(known_on).chain(rest).collect()
}

/// The beginning of a hash, which tells it from others.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}
