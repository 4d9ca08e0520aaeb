//! The fixed words of reports, in both languages.

use serde::Serialize;

use super::Severity;
use crate::evaluate::{ConsequenceState, Finding, Reason, RecordState, Status};
use crate::facts::Entity;
use crate::lang::Lang;
use crate::problem::ProblemCode;

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// Every fixed word of the reports, in one language.
        #[derive(Debug, Serialize)]
        pub(super) struct Words { $(pub(super) $name: &'static str,)* }

        const ZH: Words = Words { $($name: $zh,)* };
        const EN: Words = Words { $($name: $en,)* };
    };
}

/// The words that differ where the subjects are no people.
static THINGS_ZH: Words = Words {
    people: "数量",
    roster: "逐项列示",
    name: "名称",
    person_id: "编号",
    failing: "不足数量",
    gaps: "差距分布（数量）",
    rate_definition: "达标率＝达标数÷应考核数；不适用者不计入应考核数，资料不足者计入。",
    sheet_people: "名单",
    no_name: "（未填名称）",
    nobody: "名单中没有内容。",
    ..ZH
};
static THINGS_EN: Words = Words {
    people: "Number",
    roster: "One by one",
    failing: "Short",
    gaps: "How much is lacking (number)",
    rate_definition: "Share = those that meet it / those asked. Those to which it does not apply are not asked; those of which facts are missing are.",
    sheet_people: "List",
    nobody: "There is nothing on the list.",
    ..EN
};
static PEOPLE_ZH: Words = ZH;
static PEOPLE_EN: Words = EN;

words! {
    rate: "达标率", "Share met";
    people: "人数", "People";
    asked: "应考核", "Asked";
    requirements: "各项要求", "What is asked";
    departments: "各科室", "Departments";
    department: "科室", "Department";
    roster: "人员", "People one by one";
    name: "姓名", "Name";
    person_id: "工号", "No.";
    title: "职称", "Title";
    title_grade: "职称级别", "Title grade";
    result: "结果", "Result";
    status: "达标情况", "Result";
    required: "要求", "Asked";
    have: "现有", "Has";
    gap: "差", "Lacks";
    over: "超", "Over";
    explanation: "说明", "Explanation";
    missing: "缺少的资料", "Missing facts";
    not_counted: "未计入的记录", "Records that do not count";
    not_counted_number: "未计入记录数", "Records not counted";
    failing: "不足人数", "People short";
    total_gap: "合计差", "Lacking in all";
    largest_gap: "最大差", "Most lacking";
    gaps: "差距分布（人数）", "How much is lacking (people)";
    data: "数据", "Data";
    sheets: "读取情况", "What was read";
    sheet: "工作表", "Sheet";
    holds: "内容", "Holds";
    rows_read: "读取行", "Rows read";
    rows_used: "采用行", "Rows used";
    rows_aside: "搁置行", "Rows set aside";
    problems: "数据问题", "Data problems";
    severity: "程度", "Severity";
    kind: "类别", "Kind";
    place: "位置", "Place";
    problem: "问题", "Problem";
    cells: "处数", "Places";
    before: "原内容", "Before";
    after: "处理后", "After";
    cure: "处理办法", "Cure";
    code: "代码", "Code";
    notes: "条文", "Articles";
    article: "条", "Article";
    provision: "规定", "Provision";
    says: "内容（转述）", "In our words";
    basis: "计算依据", "Basis";
    policy: "文件", "Document";
    version: "规则版本", "Rules version";
    hash: "规则文本 SHA-256", "SHA-256 of the rules";
    digest: "结果摘要 SHA-256", "SHA-256 of the results";
    as_of: "统计日", "As of";
    known_on: "资料登记截至", "Known on";
    given: "给定条件", "Given";
    engine: "计算程序", "Computed by";
    reckoning: "口径", "Reckoning";
    rate_definition: "达标率＝达标人数÷应考核人数；不适用者不计入应考核人数，资料不足者计入。", "Share = people who meet it / people asked. Those to whom it does not apply are not asked; those of whom facts are missing are.";
    principle: "原则性要求", "in principle";
    prepared_by: "经办人", "Prepared by";
    checked_by: "审核人", "Checked by";
    stamp: "单位（盖章）", "Institution (stamp)";
    date: "日期", "Date";
    record: "记录", "Record";
    project: "项目名称", "Project";
    granted: "授予日期", "Granted on";
    credits: "学分", "Credits";
    hours: "学时", "Hours";
    counts: "是否计入", "Counts";
    summary: "汇总", "Summary";
    sheet_people: "人员", "People";
    sheet_basis: "依据", "Basis";
    ledger: "未计入记录", "Records not counted";
    no_department: "（未填科室）", "(no department given)";
    no_name: "（未填姓名）", "(no name given)";
    nobody: "名单中没有人员。", "There is nobody on the list.";
    nothing_wrong: "没有发现数据问题。", "No problems were found in the data.";
    everyone: "合计", "Everyone";
    days_left: "截止", "Due";
    statement: "结果说明", "Statement";
    todo: "还需完成", "What is still to be done";
    effects: "结果的影响", "What follows";
    effect_open: "● 条件具备", "● conditions fulfilled";
    effect_closed: "○ 条件不具备", "○ not fulfilled";
    effect_unknown: "? 未定", "? not decided yet";
    questions: "请补充以下资料", "Facts that are missing";
    questions_why: "最有助于得出结论的在前。", "Those that help most come first.";
    records: "记录台账", "The records";
    why: "为什么", "Why";
    facts: "资料", "Facts";
    receipt: "凭据 SHA-256", "Receipt SHA-256";
    for_articles: "依据", "Under";
    deadline: "截止", "Due";
    by_day: "最后期限", "Last day";
    not_counted_amount: "未计入", "not counted";
    for_now_amount: "其中暂计入", "counts for now";
    pending_amount: "另有待审", "awaiting review";
    mend: "办法", "What helps";
    first: "先做什么", "First thing to do";
    days: "期限", "Days left";
    comma: "、", ", ";
    colon: "：", ": ";
    legend: "竖线为要求值，斜线为所差部分，灰色为尚不确定的部分。", "The tick is what is asked, hatching what is lacking, grey what is not certain.";
}

impl Words {
    pub(super) fn of(lang: Lang) -> &'static Self {
        lang.pick(&PEOPLE_ZH, &PEOPLE_EN)
    }

    /// The words for subjects of this entity.
    pub(super) fn about(subject: &Entity, lang: Lang) -> &'static Self {
        if subject.is_person() { Self::of(lang) } else { lang.pick(&THINGS_ZH, &THINGS_EN) }
    }
}

/// The sign that stands beside what a verdict opens or closes.
pub(super) const fn effect_symbol(state: ConsequenceState) -> &'static str {
    match state {
        ConsequenceState::Open => "●",
        ConsequenceState::Closed => "○",
        ConsequenceState::Unknown => "?",
    }
}

/// The sign that stands beside every status, so that none is told by colour alone.
pub(super) fn symbol(status: Status) -> &'static str {
    match status {
        Status::Met => "✓",
        Status::Unmet => "✗",
        Status::Waivable => "◇",
        Status::Unknown => "?",
        Status::NotApplicable => "–",
    }
}

/// The stretches that the bar of a requirement can have, in their order, with their words; `counted` where records are judged.
pub(super) fn stretches(counted: bool, lang: Lang) -> [(&'static str, &'static str); 6] {
    [
        ("have", if counted { lang.pick("已计入", "counts") } else { lang.pick("现有", "there") }),
        ("now", lang.pick("暂计入", "counts for now")),
        ("pending", lang.pick("待审，通过后计入", "counts once approved")),
        ("may", lang.pick("尚不确定", "not certain")),
        ("gap", lang.pick("所差", "lacking")),
        ("over", lang.pick("超出", "too much")),
    ]
}

/// A name at the head of a line: its first letter in upper case.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The word of a status.
pub(super) fn status(status: Status, lang: Lang) -> &'static str {
    lang.pick(status.zh(), status.en())
}

/// The word of a finding: its status, and of what does not apply why not.
pub(super) fn of_finding(finding: &Finding, lang: Lang) -> &'static str {
    match (finding.status, finding.reason) {
        (Status::NotApplicable, Some(Reason::NotDue)) => lang.pick("尚未到期", "not due yet"),
        (Status::NotApplicable, Some(Reason::OutOfScope)) => lang.pick("不作要求", "not asked here"),
        (Status::NotApplicable, Some(Reason::Advisory)) => lang.pick("鼓励或许可", "advice"),
        (Status::NotApplicable, Some(Reason::Informative)) => lang.pick("告知", "stated"),
        (status, _) => self::status(status, lang),
    }
}

/// The word of a record's state.
pub(super) fn record_state(state: RecordState, lang: Lang) -> &'static str {
    match state {
        RecordState::Counted => lang.pick("已计入", "counted"),
        RecordState::Excluded => lang.pick("未计入", "not counted"),
        RecordState::Unknown => lang.pick("待定", "open"),
    }
}

/// The word of a severity.
pub(super) fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Blocking => lang.pick("不能采用", "not usable"),
        Severity::Suspect => lang.pick("存疑", "doubtful"),
        Severity::Fixed => lang.pick("已规整", "normalised"),
        Severity::Info => lang.pick("提示", "note"),
    }
}

/// How a kind of problem is called.
pub(super) fn problem_kind(code: ProblemCode, lang: Lang) -> &'static str {
    let (zh, en) = match code {
        ProblemCode::Syntax => ("格式错误", "malformed text"),
        ProblemCode::WrongType => ("类型不符", "value of the wrong type"),
        ProblemCode::InexactNumber => ("数字不精确", "inexact number"),
        ProblemCode::OutOfRange => ("数值超出范围", "number out of range"),
        ProblemCode::BadDate => ("日期无法识别", "date not understood"),
        ProblemCode::UnknownCode => ("不在代码表内的词", "word outside its code list"),
        ProblemCode::UnknownName => ("无法识别的名称", "unknown name"),
        ProblemCode::Missing => ("缺少必需内容", "something missing"),
        ProblemCode::Duplicate => ("重复", "duplicate"),
        ProblemCode::OutOfOrder => ("次序不符", "out of order"),
        ProblemCode::Contradiction => ("前后矛盾", "contradiction"),
        ProblemCode::OutsideSubset => ("表达式不受支持", "unsupported expression"),
        ProblemCode::UnitMismatch => ("单位不一致", "units that do not meet"),
        ProblemCode::Unordered => ("代码没有次序", "codes without an order"),
        ProblemCode::TooLarge => ("内容过大", "too large"),
        ProblemCode::Stopped => ("运行被中止", "run ended early"),
        ProblemCode::ExampleFails => ("示例不符", "failing example"),
        ProblemCode::Unreadable => ("文件无法读取", "unreadable file"),
        ProblemCode::NoSheet => ("没有可识别的工作表", "no recognisable sheet"),
        ProblemCode::Header => ("表头无法确定", "uncertain header"),
        ProblemCode::Normalised => ("写法", "notation"),
        ProblemCode::Suspect => ("取值", "value"),
        ProblemCode::SetAside => ("搁置的行", "row set aside"),
        ProblemCode::DuplicateRecord => ("重复的记录", "duplicate record"),
        ProblemCode::TotalDiffers => ("合计不符", "total that differs"),
        ProblemCode::UnusedProvision => ("没有决定引用的条款", "provision that nothing asks"),
        ProblemCode::UnusedDefine => ("未使用的定义", "define that nothing uses"),
        ProblemCode::UnusedFact => ("未使用的事实", "fact that nothing reads"),
        ProblemCode::NeverHolds => ("不可能成立的条件", "condition that never holds"),
        ProblemCode::NeverFails => ("不可能不成立的条件", "condition that never fails"),
        ProblemCode::UntestedFigure => ("没有示例检验的数值", "figure that no example tries"),
        ProblemCode::NoExample => ("没有示例的条款", "provision without an example"),
        ProblemCode::Untranslated => ("缺少中文或英文", "words missing in a language"),
        ProblemCode::IdleAddition => ("附加要求不起作用", "an addition that asks no more"),
        ProblemCode::OverlappingVersions => ("版本重叠", "versions that overlap"),
        ProblemCode::VersionGap => ("版本之间有空档", "gap between versions"),
        ProblemCode::OddArticle => ("条文号有误", "odd article"),
    };
    lang.pick(zh, en)
}

/// So many subjects: `1 person`, `3 people`, `3人`; `3 bases`, `3个培训基地`.
pub(super) fn subjects(number: usize, subject: &Entity, lang: Lang) -> String {
    let zh = if subject.is_person() { "" } else { subject.zh };
    let en = match (subject.is_person(), number) {
        (true, 1) => "person".to_owned(),
        (true, _) => "people".to_owned(),
        (false, 1) => subject.en.to_owned(),
        (false, _) => format!("{}s", subject.en),
    };
    lang.pick(format!("{number}{}{zh}", measure(subject)), format!("{number} {en}"))
}

/// What Chinese counts them by.
pub(super) fn measure(subject: &Entity) -> &'static str {
    if subject.is_person() { "人" } else { "个" }
}
