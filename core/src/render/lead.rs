//! The first lines of a report: the result in words.

use super::tally::{Tally, bins};
use super::{Report, words};
use crate::evaluate::Status;
use crate::explain::{Rounding, days_left, shown};
use crate::lang::Lang;

/// `300人中212人达标（70.7%），61人不达标，18人资料不足。`
pub(super) fn result(tally: &Tally<'_>, lang: Lang) -> String {
    let counts = &tally.counts;
    if counts.people() == 0 {
        return words::Words::about(tally.subject, lang).nobody.to_owned();
    }
    let (measure, of) = (words::measure(tally.subject), |number| words::subjects(number, tally.subject, lang));
    let mut parts = Vec::new();
    let asked = counts.asked();
    if asked > 0 {
        let met = counts.of(Status::Met);
        let percent = counts.share().percent();
        parts.push(lang.pick(
            format!("{}中{met}{measure}达标（{percent}）", of(asked)),
            format!("Of {}, {met} {} ({percent})", of(asked), if met == 1 { "meets it" } else { "meet it" }),
        ));
        for (status, zh, one, many) in [
            (Status::Unmet, "不达标", "does not", "do not"),
            (Status::Waivable, "待主管部门认定", "is for the authority to decide", "are for the authority to decide"),
            (Status::Unknown, "资料不足", "cannot be judged for missing facts", "cannot be judged for missing facts"),
        ] {
            let number = counts.of(status);
            if number > 0 {
                parts.push(lang.pick(format!("{number}{measure}{zh}"), format!("{number} {}", if number == 1 { one } else { many })));
            }
        }
    }
    let mut said = parts.join(lang.pick("，", ", "));
    let exempt = counts.of(Status::NotApplicable);
    if exempt > 0 {
        let zh = if said.is_empty() { "" } else { "；另有" };
        let en = if said.is_empty() { "" } else { "; " };
        said.push_str(&lang.pick(format!("{zh}{exempt}{measure}不适用"), format!("{en}it does not apply to {}", of(exempt))));
    }
    said.push_str(lang.pick("。", "."));
    said
}

/// `最短缺的是学分：48人不足，合计差212.5分，其中20人差5分以内。` Nothing where nobody is short.
pub(super) fn shortest(tally: &Tally<'_>, report: &Report<'_>) -> Option<String> {
    let lang = report.lang;
    let requirement = tally.shortest()?;
    let measure = words::measure(tally.subject);
    let name = report.labels.name(requirement.provision, lang);
    let failing = requirement.failing();
    let (zh, en) = if requirement.is_over() { ("最突出的是", "Most exceeded") } else { ("最短缺的是", "Most lacking") };
    let mut said =
        lang.pick(format!("{zh}{name}：{failing}{measure}不足"), format!("{en}: {name}, in {}", words::subjects(failing, tally.subject, lang)));
    if requirement.is_over() {
        said = lang.pick(format!("{zh}{name}：{failing}{measure}超出"), said);
    }
    if let Some(total) = requirement.total().filter(|total| !total.is_zero()) {
        let amount = report.labels.with_unit(&shown(&total.to_string(), Rounding::Up), requirement.unit, lang);
        said.push_str(&lang.pick(format!("，合计{}{amount}", if requirement.is_over() { "超" } else { "差" }), format!(", {amount} in all")));
    }
    let bins = bins(&requirement.gaps);
    if let Some(first) = bins.first().filter(|first| bins.len() > 1 && first.people > 0) {
        let within = report.labels.with_unit(&first.to.to_string(), requirement.unit, lang);
        said.push_str(
            &lang.pick(format!("，其中{}{measure}差{within}以内", first.people), format!(", {} of them by {within} or less", first.people)),
        );
    }
    said.push_str(lang.pick("。", "."));
    Some(said)
}

/// `截止2024-10-31（已过15天）。` Nothing where there is not one day for all.
pub(super) fn due(tally: &Tally<'_>, report: &Report<'_>) -> Option<String> {
    let due = tally.due?;
    Some(format!("{}{due}{}{}", report.lang.pick("截止", "Due "), days_left(due, report.as_of, report.lang), report.lang.pick("。", ".")))
}
