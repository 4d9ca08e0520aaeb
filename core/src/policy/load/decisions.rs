//! `[[decision]]`: the questions that a policy answers.

use toml::Spanned;
use toml::de::DeValue;

use super::{resolve, texts};
use crate::feel::{Compiled, Span};
use crate::policy::shapes::{self, Way};
use crate::policy::table::Table;
use crate::policy::{Decision, EmbeddedRule, GivenDeclaration, Provision, RecordRules, Role, needs};
use crate::problem::ProblemCode;

/// Everything that the decisions of a file take, each name once.
pub(super) fn given<'t>(tables: impl Iterator<Item = &'t Table<'t>>) -> Vec<GivenDeclaration> {
    let mut all: Vec<GivenDeclaration> = Vec::new();
    for table in tables {
        for (declaration, span) in declarations(table) {
            match all.iter().find(|known| known.name == declaration.name) {
                None => all.push(declaration),
                Some(known) if known.kind == declaration.kind && known.ty == declaration.ty => {}
                Some(known) => {
                    table.report_with_cure(
                        ProblemCode::Contradiction,
                        &span,
                        format!("another decision has `{}`", known.written()),
                        "give it the same type, or another name",
                    );
                }
            }
        }
    }
    all
}

/// The names of what decisions take whose declarations are wrong, which is told there.
pub(super) fn wrongly_given<'t>(tables: impl Iterator<Item = &'t Table<'t>>, given: &[GivenDeclaration]) -> Vec<String> {
    let is_declared = |name: &str| given.iter().any(|declared| declared.name == name);
    let names = tables.flat_map(names_given).filter(|name| !is_declared(name));
    names.flat_map(|name| [name.to_owned(), format!("given.{name}")]).collect()
}

/// The names under `given` of a decision.
fn names_given<'t>(table: &'t Table<'_>) -> impl Iterator<Item = &'t str> {
    let names = table.get("given").and_then(|entry| if let DeValue::Table(names) = entry.get_ref() { Some(names) } else { None });
    names.into_iter().flat_map(|names| names.keys().map(|key| key.get_ref().as_ref()))
}

fn declarations(table: &Table<'_>) -> Vec<(GivenDeclaration, Span)> {
    let Some(given) = table.table("given", "given") else { return Vec::new() };
    let mut found = Vec::new();
    for (key, entry) in given.entries() {
        let declaration = match entry.get_ref() {
            DeValue::String(kind) => of_kind(&given, key.get_ref(), kind, &entry.span()),
            DeValue::Array(codes) => of_codes(&given, key.get_ref(), codes, &entry.span()),
            _ => {
                given.report_with_cure(
                    ProblemCode::WrongType,
                    &entry.span(),
                    "expected the name of a type in quotes, or a list of codes",
                    "write `given.year = \"integer\"`, or the codes: `given.purpose = [\"title\", \"post\"]`",
                );
                continue;
            }
        };
        found.extend(declaration.map(|declaration| (declaration, entry.span())));
    }
    found
}

/// The places of what a decision takes; what is wrong with them was reported where they were declared.
pub(super) fn taken(table: &Table<'_>, given: &[GivenDeclaration]) -> Vec<usize> {
    names_given(table).filter_map(|name| given.iter().position(|g| g.name == name)).collect()
}

fn of_kind(given: &Table<'_>, name: &str, kind: &str, span: &Span) -> Option<GivenDeclaration> {
    let declaration = GivenDeclaration::of_kind(name, kind);
    if declaration.is_none() {
        let cure = format!("one of {}", GivenDeclaration::KINDS);
        given.report_with_cure(ProblemCode::UnknownName, span, format!("no type is called `{kind}`"), cure);
    }
    declaration
}

/// Codes that the policy lists itself, each a text and each once.
fn of_codes(given: &Table<'_>, name: &str, listed: &[Spanned<DeValue<'_>>], span: &Span) -> Option<GivenDeclaration> {
    let mut codes: Vec<String> = Vec::new();
    for code in listed {
        match code.get_ref() {
            DeValue::String(text) if codes.iter().any(|known| known == text) => {
                given.report_with_cure(ProblemCode::Duplicate, &code.span(), format!("the code `{text}` stands here already"), "leave it out");
            }
            DeValue::String(text) => codes.push(text.to_string()),
            _ => given.report_with_cure(ProblemCode::WrongType, &code.span(), "expected a code in quotes", "write `[\"title\", \"post\"]`"),
        }
    }
    if codes.is_empty() || codes.len() > 255 {
        given.report_with_cure(ProblemCode::Missing, span, format!("`{name}` needs from 1 to 255 codes"), "write them: `[\"title\", \"post\"]`");
        return None;
    }
    Some(GivenDeclaration::of_codes(name, codes))
}

pub(super) fn read(tables: &[Table<'_>], provisions: &[Provision], given: &[GivenDeclaration], once: &[Compiled]) -> Vec<Decision> {
    let ids: Vec<String> = provisions.iter().map(|p| p.id.clone()).collect();
    let mut decisions: Vec<Decision> = Vec::new();
    for table in tables {
        let decision = decision(table, provisions, &ids, given);
        if decisions.iter().any(|d| d.id == decision.id) {
            table.report_with_cure(
                ProblemCode::Duplicate,
                table.span(),
                format!("another decision is called `{}`", decision.id),
                "give it an id of its own",
            );
        }
        need_given(table, &decision, provisions, given, once);
        decisions.push(decision);
    }
    decisions
}

/// A decision takes everything that its provisions read of what is given.
pub(super) fn need_given(table: &Table<'_>, decision: &Decision, provisions: &[Provision], given: &[GivenDeclaration], once: &[Compiled]) {
    for start in decision.places() {
        for place in needs::given(&[start], provisions, once) {
            if let (false, Some(declaration), Some(provision)) = (decision.given.contains(&place), given.get(place), provisions.get(start)) {
                let message = format!("`{}` reads `given.{}`, which `{}` does not take", provision.id, declaration.name, decision.id);
                let cure = format!("add `{}`", declaration.written());
                table.report_with_cure(ProblemCode::Missing, table.span(), message, cure);
            }
        }
    }
}

fn decision(table: &Table<'_>, provisions: &[Provision], ids: &[String], given: &[GivenDeclaration]) -> Decision {
    let subject = table.need_text("subject").to_owned();
    let references = |key: &'static str| -> Vec<usize> {
        let mut found = Vec::new();
        for (id, span) in table.texts(key) {
            let Some(place) = resolve(table, ids, id, &span, "provision") else { continue };
            // That no provision can be about its subject is told there.
            if provisions.get(place).is_some_and(|p| p.subject != subject && shapes::subjects().any(|known| known == p.subject)) {
                table.report_with_cure(
                    ProblemCode::Contradiction,
                    &span,
                    format!("`{id}` is not asked of a {subject}"),
                    "name provisions about the subject of the decision, or record-level ones in `records`",
                );
            }
            // One that is named there too is told with its finding.
            let is_told = || table.texts("consequences").iter().any(|(told, _)| *told == id);
            if key != "consequences" && provisions.get(place).is_some_and(Provision::only_follows) && !is_told() {
                asks_nothing(table, id, &span, "name it in `consequences` of the decision");
            }
            found.push(place);
        }
        found
    };
    let decision = Decision {
        id: table.need_text("id").to_owned(),
        question: texts(table, "zh", "en"),
        role: role(table),
        given: taken(table, given),
        all_of: references("all_of"),
        any_of: references("any_of"),
        consequences: consequences(table, references("consequences"), provisions),
        records: records(table, provisions, ids, &subject),
        subject,
    };
    if ["all_of", "any_of", "consequences"].iter().all(|key| table.is_empty_list(key)) {
        table.report_with_cure(
            ProblemCode::Missing,
            table.span(),
            "a decision needs `all_of`, `any_of` or `consequences`",
            "name what it asks: `all_of = [\"my-provision\"]`",
        );
    }
    decision
}

fn role(table: &Table<'_>) -> Option<Role> {
    let (code, entry) = table.text_entry("role")?;
    let role = Role::of(code);
    if role.is_none() {
        let known: Vec<_> = Role::ALL.iter().map(|(code, _)| *code).collect();
        let cure = format!("one of {}", known.join(", "));
        table.report_with_cure(ProblemCode::UnknownCode, &entry.span(), format!("no role of a decision is called `{code}`"), cure);
    }
    role
}

/// Refuses a provision that only says what follows where it would be asked: it is never met, nor is what follows told there.
pub(super) fn asks_nothing(table: &Table<'_>, id: &str, span: &Span, cure: &str) {
    table.report_with_cure(ProblemCode::Contradiction, span, format!("`{id}` only says what follows, and asks nothing"), cure);
}

/// The provisions whose consequences a decision tells; each must have one.
fn consequences(table: &Table<'_>, places: Vec<usize>, provisions: &[Provision]) -> Vec<usize> {
    for provision in places.iter().filter_map(|place| provisions.get(*place)).filter(|p| p.consequence.is_none()) {
        let span = table.span_of("consequences");
        table.report_with_cure(ProblemCode::Missing, &span, format!("`{}` has no `consequence`", provision.id), "ask it under `all_of` or `any_of`");
    }
    places
}

/// The record-level provisions, which all judge one list of the subject: its records, or something that each of them holds.
fn records(table: &Table<'_>, provisions: &[Provision], ids: &[String], subject: &str) -> Option<RecordRules> {
    let named = |(id, span): (&str, Span)| {
        let place = resolve(table, ids, id, &span, "provision")?;
        let provision = provisions.get(place)?;
        Some((place, provision, shapes::ways(subject, &provision.subject), span))
    };
    let named: Vec<_> = table.texts("records").into_iter().filter_map(named).collect();
    // Whoever is about the records themselves says which list it is.
    let list = named.iter().flat_map(|(_, _, ways, _)| ways).find(|way| way.field.is_none()).map(|way| way.slot);
    let mut rules: Option<RecordRules> = None;
    for (place, provision, ways, span) in named {
        let Some(way) = one_way(table, provision, &ways, list, subject, &span) else { continue };
        if (way.field.is_some() || shapes::owner(&provision.subject).is_some_and(|(owner, _)| owner.name != subject))
            && needs::reads_owner(place, provisions)
        {
            let owner = shapes::owner(&provision.subject).map_or("", |(owner, _)| owner.name);
            let message = format!("`{}` reads facts of the `{owner}` around its `{}`, which here stands elsewhere", provision.id, provision.subject);
            table.report(ProblemCode::Contradiction, &span, message);
            continue;
        }
        if needs::reads_ledger(place, provisions) {
            let message = format!("`{}` says which records count, and reads `admissible`, which says the same", provision.id);
            table.report_with_cure(
                ProblemCode::Contradiction,
                &span,
                message,
                "ask it of the subject, under `all_of`, or read the records without it",
            );
            continue;
        }
        let rules = rules.get_or_insert_with(|| RecordRules { slot: way.slot, list: way.list, provisions: Vec::new(), embedded: Vec::new() });
        match way.field {
            _ if rules.slot != way.slot => {
                table.report_with_cure(
                    ProblemCode::Contradiction,
                    &span,
                    "the record-level provisions of a decision judge one list",
                    "judge the records of the other list in a decision of its own",
                );
            }
            None => rules.provisions.push(place),
            Some((slot, _)) => rules.embedded.push(EmbeddedRule { provision: place, slot }),
        }
    }
    rules
}

/// The one way to what a record-level provision is about; none, or several, are reported.
fn one_way(table: &Table<'_>, provision: &Provision, ways: &[Way], list: Option<u16>, subject: &str, span: &Span) -> Option<Way> {
    let (id, about) = (&provision.id, &provision.subject);
    if let Some(direct) = ways.iter().find(|way| way.field.is_none()) {
        return Some(*direct);
    }
    let near: Vec<&Way> = ways.iter().filter(|way| list.is_none_or(|list| way.slot == list)).collect();
    match (near.as_slice(), ways) {
        ([way], _) => Some(**way),
        ([], []) => {
            let message = format!("`{id}` is about `{about}`, and a `{subject}` has no list of it, and none whose records hold one");
            table.report_with_cure(ProblemCode::Contradiction, span, message, "name provisions about records that the subject has");
            None
        }
        ([], _) => {
            table.report_with_cure(
                ProblemCode::Contradiction,
                span,
                "the record-level provisions of a decision judge one list",
                "judge the records of the other list in a decision of its own",
            );
            None
        }
        (several, _) => {
            let paths: Vec<String> = several.iter().map(|way| format!("`{}.{}`", way.list, way.field.map_or("", |(_, name)| name))).collect();
            let message = format!("`{id}` is about `{about}`, and the records of a `{subject}` hold several: {}", paths.join(", "));
            table.report_with_cure(ProblemCode::Contradiction, span, message, "ask it of the list itself by a condition");
            None
        }
    }
}
