//! Every condition of every built-in policy in words, read by eye.

use super::*;
use crate::feel::Compiled;
use crate::policy::{PolicySet, Provision, Relaxation, Rule};

/// Every expression of a provision with what it is for.
fn expressions(provision: &Provision) -> Vec<(String, &Compiled, bool)> {
    let mut all: Vec<(String, Option<&Compiled>, bool)> = vec![("when".into(), provision.when.as_ref(), true)];
    let relaxed = |relaxation: &'static str, of: &'_ Option<Relaxation>| of.as_ref().map(|_| relaxation.to_owned());
    match &provision.rule {
        Rule::Require(condition) => all.push(("require".into(), Some(condition), true)),
        Rule::Parts(parts) => {
            for part in parts {
                all.push((format!("{} when", part.id), part.when.as_ref(), true));
                all.push((part.id.clone(), Some(&part.require), true));
                all.extend(part.relaxation.as_ref().map(|r| (format!("{} relax", part.id), Some(&r.when), true)));
            }
        }
        Rule::Nothing | Rule::AnyOf(_) | Rule::AllOf(_) => {}
    }
    all.extend(relaxed("relax", &provision.relaxation).map(|key| (key, provision.relaxation.as_ref().map(|r| &r.when), true)));
    all.push(("open".into(), provision.consequence.as_ref().and_then(|c| c.open.as_ref()), true));
    all.push(("amount".into(), provision.amount.as_ref(), false));
    all.push(("due".into(), provision.due.as_ref(), false));
    all.push(("deadline".into(), provision.deadline.as_ref(), false));
    all.push(("asked_after".into(), provision.asked_after.as_ref(), false));
    all.extend(provision.details.iter().map(|detail| (format!("detail {}", detail.text.zh), Some(&detail.value), false)));
    all.into_iter().filter_map(|(key, expression, is_condition)| Some((key, expression?, is_condition))).collect()
}

fn told(policy: &Policy, lang: Lang) -> String {
    let mut lines = Vec::new();
    for provision in &policy.provisions {
        lines.push(format!("# {} · {}", provision.id, lang.pick(&provision.name.zh, &provision.name.en)));
        for (key, expression, is_condition) in expressions(provision) {
            let whole = expression.expr.whole(&policy.once);
            let mut phraser = Phraser::new(policy, &provision.subject, lang);
            let said = if is_condition { phraser.condition(&whole) } else { phraser.value(&whole) };
            lines.push(format!("{key}\n    {said}"));
        }
    }
    lines.join("\n")
}

#[test]
fn every_condition_is_told_in_words() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    for policy in set.policies() {
        for lang in [Lang::Zh, Lang::En] {
            insta::assert_snapshot!(format!("{}_{}", policy.id, lang.code()), told(policy, lang));
        }
    }
}

#[test]
fn no_internal_name_stands_in_chinese() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    for policy in set.policies() {
        let told = told(policy, Lang::Zh);
        let said = told.lines().filter_map(|line| line.strip_prefix("    "));
        let english: Vec<&str> = said.filter(|line| line.split(|c: char| !c.is_ascii_lowercase() && c != '_').any(|word| word.len() > 1)).collect();
        assert!(english.is_empty(), "{}: {}", policy.id, english.join("\n"));
    }
}

#[test]
fn the_item_at_the_place_of_a_loop_is_the_corresponding_one() {
    let set = PolicySet::builtin().expect("the built-in policies load");
    let policy = set.policies().iter().find(|policy| policy.id == "sd-2021-1").expect("the policy");
    let done = policy.named.iter().find(|named| named.text.en == "the months planned done in every required department").expect("the define");
    let said = |lang| {
        let mut phraser = Phraser::new(policy, "trainee", lang);
        match &done.meaning {
            Expr::Quantified { lists, test, .. } => {
                phraser.enter(lists);
                phraser.condition(test)
            }
            other => phraser.condition(other),
        }
    };
    let zh = said(Lang::Zh);
    assert!(zh.contains("各必轮科室的计划月数的对应项") && !zh.contains("第该项项"), "{zh}");
    let en = said(Lang::En);
    assert!(en.contains("the corresponding one of months planned in each required department"), "{en}");
}

#[test]
fn codes_over_which_a_loop_runs_are_told_by_their_labels() {
    let text = "[policy]\nid = \"p\"\nnumber = \"1\"\nissued = 2024-01-01\n[[provision]]\nid = \"a\"\narticle = \"1\"\nsubject = \"practitioner\"\nmodality = \"shall\"\n\
        require = 'every k in [\"public\", \"professional\"] satisfies total(activities[subject_kind = k].credits) >= 5'\n\
        [[decision]]\nid = \"d\"\nsubject = \"practitioner\"\nall_of = [\"a\"]\n";
    let policy = Policy::from_toml("p.toml", text).expect("it loads");
    let said = |lang| told(&policy, lang).lines().last().unwrap_or_default().trim().to_owned();
    assert_eq!(said(Lang::Zh), "每项公需科目、专业科目均满足：本卫生专业技术人员的学分记录（其中科目类别为该项）的学分合计不少于5分");
    assert!(said(Lang::En).starts_with("for every one of public and professional: "), "{}", said(Lang::En));
}
