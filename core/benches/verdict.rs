//! One practitioner with 40 records: statuses and figures alone, the full verdict, and JSON text to JSON text. With 200: what can still be done,
//! and everything that is said.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use medtrain::Lang;
use medtrain::account::Account;
use medtrain::evaluate::Given;
use medtrain::explain::{remedy_sentences, verdict_sentences, why};
use medtrain::facts::{Activity, Facts, Practitioner, SubjectKind};
use medtrain::policy::PolicySet;
use medtrain::quantity::{Credits, Day, Hours};
use rust_decimal::Decimal;

/// Records of which most count: courses of the year, some outside it, one on paper.
fn practitioner(records: i64) -> Facts {
    let activities = (0..records).map(|n| Activity {
        awarded_on: Day::from_ymd_opt(2023, 10, 25).and_then(|day| day.checked_add_days(chrono::Days::new(9 * n.unsigned_abs() % 360))),
        credits: Credits::new(Decimal::new((5 + n % 7) * 40 / records, 1)),
        hours: Hours::new(Decimal::new((15 + n % 11) * 40 / records, 1)),
        subject_kind: Some(if n % 6 == 0 { SubjectKind::Public } else { SubjectKind::Professional }),
        job_related: Some(n % 3 != 0),
        profession_related: Some(n % 6 != 0),
        electronic: Some(n != 17),
        place_code: Some("500103".to_owned()),
        ..Activity::default()
    });
    Practitioner { person_id: Some("1001".to_owned()), activities: Some(activities.collect()), ..Practitioner::default() }.into()
}

fn verdict(c: &mut Criterion) {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let (policy, decision) = set.decision("cq-annual-cme").expect("the decision is built in");
    let as_of = Day::from_ymd_opt(2024, 11, 15).expect("a date");
    let given = Given::new().with("year", 2024);
    let question = policy.ask(decision, &given, as_of).expect("the year is given");
    let facts = practitioner(40);
    let text = serde_json::to_string(&facts).expect("facts serialise");

    let mut group = c.benchmark_group("cq-annual-cme, 40 records");
    group.bench_function("judge: statuses and figures", |b| b.iter(|| question.judge(black_box(&facts))));
    group.bench_function("ask: the question itself, and the full verdict", |b| {
        b.iter(|| policy.ask(decision, black_box(&given), as_of).map(|question| question.evaluate(black_box(&facts))));
    });
    group.bench_function("evaluate: the full verdict", |b| b.iter(|| question.evaluate(black_box(&facts))));
    let mut untold = facts.clone();
    for activity in untold.practitioner.iter_mut().flat_map(|person| person.activities.iter_mut().flatten()) {
        activity.electronic = None;
        activity.job_related = None;
    }
    group.bench_function("evaluate: with 80 facts missing", |b| b.iter(|| question.evaluate(black_box(&untold))));
    group.bench_function("facts from JSON text", |b| b.iter(|| Facts::from_json(black_box(&text))));
    group.bench_function("JSON text to JSON text", |b| {
        b.iter(|| {
            let facts = set.facts_from_json("cq-annual-cme", black_box(&text)).expect("the facts are good");
            question.evaluate(&facts).to_json()
        });
    });
    group.finish();

    let facts = practitioner(200);
    let early = policy.ask(decision, &given, Day::from_ymd_opt(2024, 8, 1).expect("a date")).expect("the year is given");
    let mut group = c.benchmark_group("cq-annual-cme, 200 records");
    group.bench_function("judge", |b| b.iter(|| early.judge(black_box(&facts))));
    group.bench_function("remedies", |b| b.iter(|| early.remedies(black_box(&facts))));
    group.bench_function("why", |b| b.iter(|| why(&early, black_box(&facts))));
    group.bench_function("account: everything that a statement tells", |b| b.iter(|| Account::of(&early, black_box(&facts))));
    let (found, told) = (early.evaluate(&facts), early.remedies(&facts));
    group.bench_function("sentences of verdict and remedies", |b| {
        b.iter(|| (verdict_sentences(black_box(&found), &early, Lang::Zh), remedy_sentences(black_box(&told), &early, Lang::Zh)));
    });
    group.finish();

    c.bench_function("load the built-in policies", |b| b.iter(PolicySet::builtin));
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("the policies").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let texts: Vec<_> = files.iter().map(|file| std::fs::read_to_string(file).expect("a policy file")).collect();
    c.bench_function("load the same policies from their files, examples too", |b| {
        b.iter(|| {
            let mut set = PolicySet::empty();
            for text in &texts {
                set.add("policy.toml", text).expect("a policy");
            }
            set
        });
    });
}

criterion_group!(benches, verdict);
criterion_main!(benches);
