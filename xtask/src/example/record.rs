//! The credit records: one row each, with the facts behind its cells.

use std::collections::BTreeMap;

use super::day::{Cell, Day};

/// The columns of the credit records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// 工号.
    StaffNumber,
    /// 姓名.
    Name,
    /// 项目编号.
    ActivityNumber,
    /// 项目名称.
    ActivityName,
    /// 级别.
    Level,
    /// 学习形式.
    Form,
    /// 科目类别.
    Subject,
    /// 是否与岗位相关.
    JobRelated,
    /// 是否与专业相关.
    ProfessionRelated,
    /// 学时.
    Hours,
    /// 学分.
    Credits,
    /// 授予日期.
    Awarded,
    /// 开始日期.
    Starts,
    /// 结束日期.
    Ends,
    /// 举办地区划代码.
    Place,
    /// 电子学分.
    Electronic,
    /// 证明材料.
    Proof,
    /// 证明开始日期.
    ProofStarts,
    /// 证明结束日期.
    ProofEnds,
    /// 审核状态.
    Review,
    /// 证书编号.
    Certificate,
}

/// The headers of the credit records: the group above, where a group has a line of its own, and the header.
pub(crate) const RECORD_HEADERS: [(&str, &str); 21] = [
    ("", "工号"),
    ("", "*姓名"),
    ("项目信息", "项目编号"),
    ("项目信息", "项目名称"),
    ("项目信息", "级别"),
    ("项目信息", "学习形式"),
    ("项目信息", "科目类别"),
    ("学分信息", "是否与岗位相关"),
    ("学分信息", "是否与专业相关"),
    ("学分信息", "学时"),
    ("学分信息", "学分\n(必填)"),
    ("时间与地点", "授予日期"),
    ("时间与地点", "开始日期"),
    ("时间与地点", "结束日期"),
    ("时间与地点", "举办地区划代码"),
    ("证明与审核", "电子学分"),
    ("证明与审核", "证明材料"),
    ("证明与审核", "证明开始日期"),
    ("证明与审核", "证明结束日期"),
    ("证明与审核", "审核状态"),
    ("证明与审核", "证书编号"),
];

/// The highest level, the only one whose proof from elsewhere is accepted.
pub(crate) const NATIONAL: &str = "国家级";
/// The public subjects.
pub(crate) const PUBLIC: &str = "公需科目";
/// All other subjects.
pub(crate) const PROFESSIONAL: &str = "专业科目";

/// How far a careful reader can rely on a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reliance {
    /// It says what it means.
    Plain,
    /// It repeats another record and counts once with it.
    Duplicate,
    /// Whether it counts is for people to settle: whose it is, or whether it passes its review.
    Disputed,
    /// It cannot be told when it was.
    DoubtfulDay,
    /// It cannot be told whether it is on the platform.
    DoubtfulElectronic,
    /// Its credits cannot be read.
    DoubtfulCredits,
}

/// One credit record.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// The index in the roster of the person whose record it is; none for one that fits nobody.
    pub(crate) person: Option<usize>,
    /// 工号.
    pub(crate) staff_number: Cell,
    /// 姓名.
    pub(crate) name: String,
    /// 项目编号.
    pub(crate) activity_number: String,
    /// 项目名称.
    pub(crate) activity_name: String,
    /// 级别.
    pub(crate) level: &'static str,
    /// 学习形式.
    pub(crate) form: &'static str,
    /// 科目类别.
    pub(crate) subject: &'static str,
    /// 是否与岗位相关.
    pub(crate) job: bool,
    /// 是否与专业相关.
    pub(crate) profession: bool,
    /// 学时, in tenths.
    pub(crate) hours: i32,
    /// 学分, in tenths.
    pub(crate) credits: i32,
    /// 授予日期.
    pub(crate) awarded: Day,
    /// 开始日期.
    pub(crate) starts: Day,
    /// 结束日期.
    pub(crate) ends: Day,
    /// 举办地区划代码.
    pub(crate) place: &'static str,
    /// 电子学分.
    pub(crate) electronic: bool,
    /// 证明材料.
    pub(crate) proof: &'static str,
    /// 证明开始日期 and 证明结束日期.
    pub(crate) proof_dates: Option<(Day, Day)>,
    /// 审核状态.
    pub(crate) review: &'static str,
    /// 证书编号.
    pub(crate) certificate: String,
    /// How far one can rely on it.
    pub(crate) reliance: Reliance,
    /// Cells that differ from what the fields say.
    pub(crate) overrides: BTreeMap<Column, Cell>,
}

impl Record {
    /// The 21 cells of the row.
    pub(crate) fn cells(&self) -> Vec<(Column, Cell)> {
        let yes_no = |yes: bool| Cell::text(if yes { "是" } else { "否" });
        let proof_day = |day: Option<Day>| day.map_or(Cell::Blank, Cell::Date);
        let mut cells = BTreeMap::from([
            (Column::StaffNumber, self.staff_number.clone()),
            (Column::Name, Cell::text(&self.name)),
            (Column::ActivityNumber, Cell::text(&self.activity_number)),
            (Column::ActivityName, Cell::text(&self.activity_name)),
            (Column::Level, Cell::text(self.level)),
            (Column::Form, Cell::text(self.form)),
            (Column::Subject, Cell::text(self.subject)),
            (Column::JobRelated, yes_no(self.job)),
            (Column::ProfessionRelated, yes_no(self.profession)),
            (Column::Hours, Cell::Tenths(self.hours)),
            (Column::Credits, Cell::Tenths(self.credits)),
            (Column::Awarded, Cell::Date(self.awarded)),
            (Column::Starts, Cell::Date(self.starts)),
            (Column::Ends, Cell::Date(self.ends)),
            (Column::Place, Cell::text(self.place)),
            (Column::Electronic, yes_no(self.electronic)),
            (Column::Proof, Cell::text(self.proof)),
            (Column::ProofStarts, proof_day(self.proof_dates.map(|dates| dates.0))),
            (Column::ProofEnds, proof_day(self.proof_dates.map(|dates| dates.1))),
            (Column::Review, Cell::text(self.review)),
            (Column::Certificate, Cell::text(&self.certificate)),
        ]);
        cells.extend(self.overrides.iter().map(|(column, cell)| (*column, cell.clone())));
        cells.into_iter().collect()
    }

    /// Moves it, so that it is awarded on `day`.
    pub(crate) fn move_to(&mut self, day: Day) {
        let shift = day.since(self.awarded);
        self.awarded = day;
        self.starts = self.starts.plus(shift);
        self.ends = self.ends.plus(shift);
        self.proof_dates = self.proof_dates.map(|(starts, ends)| (starts.plus(shift), ends.plus(shift)));
    }
}
