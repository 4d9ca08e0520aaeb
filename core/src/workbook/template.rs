//! Templates: an empty register, with every column that can be read, for people to fill in.
//!
//! In come the policies whose facts are asked for; out go the bytes of an `.xlsx`, the same ones each time.
//! INVARIANT: what it writes is read back without a doubt about a header, and its sample rows are nobody's records.

mod guide;
mod plan;
mod sample;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook,
    Worksheet,
};
use unicode_width::UnicodeWidthStr as _;

use self::guide::Lists;
use self::plan::{ColumnPlan, SheetPlan, plan};
use self::sample::{Sample, sample, words};
use crate::facts::{Entity, Facts, FieldKind};
use crate::policy::{OwnFact, PolicySet};
use crate::problem::{Problem, ProblemCode, TrainingError, nearest};

/// What stands in the first cell of a sample row, by which it is known.
const SAMPLE: &str = "示例";

/// An empty register as the bytes of an `.xlsx` workbook: a page that explains it, and a sheet for each kind of subject and of their records.
///
/// It has the facts that the policies declare themselves, and is for the subjects named; for all of them where none is.
///
/// # Errors
/// A subject that no workbook holds, or a workbook that cannot be written.
pub fn template(set: &PolicySet, subjects: &[&str]) -> Result<Vec<u8>, TrainingError> {
    let all = || Facts::SUBJECTS.iter().copied().filter(|subject| subject.keys().number.is_some());
    let unknown = subjects.iter().filter(|name| all().all(|subject| subject.name != **name)).map(|name| {
        let problem = Problem::new(ProblemCode::UnknownName, "subject", format!("a workbook holds no subjects of the kind `{name}`"));
        match nearest(name, all().map(|subject| subject.name)) {
            Some(near) => problem.with_cure(format!("did you mean `{near}`?")),
            None => problem.with_cure(format!("one of {}", all().map(|subject| subject.name).collect::<Vec<_>>().join(", "))),
        }
    });
    TrainingError::unless_empty(unknown.collect())?;
    let wanted: Vec<&'static Entity> = all().filter(|subject| subjects.is_empty() || subjects.contains(&subject.name)).collect();
    let own = own_facts(set);
    write(&plan(&wanted, &own), Some(SAMPLE)).map_err(|error| Problem::new(ProblemCode::Unreadable, "template", error.to_string()).into())
}

/// The facts that the policies declare, each label of a subject once.
pub(super) fn own_facts(set: &PolicySet) -> Vec<&OwnFact> {
    let mut all: Vec<&OwnFact> = Vec::new();
    for fact in set.policies().iter().flat_map(|policy| &policy.facts) {
        let same = |other: &&OwnFact| other.subject == fact.subject && other.zh() == fact.zh();
        if !all.iter().any(same) {
            all.push(fact);
        }
    }
    all
}

/// Whether this is the name of the page that explains a template.
pub(super) fn is_guide(sheet: &str) -> bool {
    sheet == guide::NAME
}

/// Writes the sheets, with this mark in the first cell of the rows below the headers.
fn write(sheets: &[SheetPlan<'_>], mark: Option<&str>) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let looks = Looks::new();
    let lists = Lists::of(sheets);
    let mut book = Workbook::new();
    // The same template has the same bytes, whenever it is written.
    let written = ExcelDateTime::from_ymd(2024, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title("登记表模板").set_author("medtrain").set_creation_datetime(&written));
    guide::write(book.add_worksheet(), sheets, &lists, &looks)?;
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name)?;
        fill(page, sheet, &lists, &looks, mark)?;
    }
    book.save_to_buffer()
}

/// Headers, the sample row, and what may be entered below.
fn fill(page: &mut Worksheet, sheet: &SheetPlan<'_>, lists: &Lists, looks: &Looks, mark: Option<&str>) -> Result<(), rust_xlsxwriter::XlsxError> {
    const LAST: u32 = 1_048_575;
    page.set_row_height(0, 32)?;
    for (index, column) in (0_u16..).zip(&sheet.columns) {
        let header = header(column);
        let width = u16::try_from(header.width()).unwrap_or(u16::MAX).clamp(8, 40) + 3;
        page.set_column_width(index, f64::from(width))?;
        let look = match column.field.kind {
            _ if column.field.many => Some(&looks.text),
            FieldKind::Day => Some(&looks.day),
            FieldKind::Text | FieldKind::Texts if words(&column.field).is_none() => Some(&looks.text),
            _ => None,
        };
        if let Some(look) = look {
            page.set_column_format(index, look)?;
        }
        page.write_string_with_format(0, index, &header, if column.required { &looks.required } else { &looks.head })?;
        let mark = mark.filter(|_| index == 0).map(|mark| Sample::Text(mark.to_owned()));
        let example = mark.unwrap_or_else(|| sample(&column.field));
        match example {
            Sample::Text(text) => page.write_string_with_format(1, index, text, &looks.sample)?,
            Sample::Day(day) => page.write_datetime_with_format(1, index, ExcelDateTime::parse_from_str(day)?, &looks.sample_day)?,
            Sample::Number(number, scale) => {
                let number = rust_decimal::Decimal::new(number, scale);
                // The cell of a spreadsheet is a binary float; what is read back is the shortest decimal again.
                page.write_number_with_format(1, index, number.to_string().parse::<f64>().unwrap_or_default(), &looks.sample)?
            }
            Sample::None => page.write_blank(1, index, &looks.sample)?,
        };
        if let Some(rule) = validation(column, lists)? {
            page.add_data_validation(1, index, LAST, index, &rule)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The header of a column, marked where a row is nobody's without it.
fn header(column: &ColumnPlan<'_>) -> String {
    format!("{}{}", if column.required { "*" } else { "" }, column.header)
}

/// What may be entered; other words are asked about and not refused, since a reader knows more of them.
fn validation(column: &ColumnPlan<'_>, lists: &Lists) -> Result<Option<DataValidation>, rust_xlsxwriter::XlsxError> {
    // A list of words offers one; where a cell holds several of them, it would only be in the way.
    if column.field.many {
        return Ok(None);
    }
    let rule = if let Some(place) = lists.formula(&column.field) {
        let say = "下拉列表之外的写法也可能被识别，仍要输入吗？";
        DataValidation::new().allow_list_formula(place.as_str().into()).set_error_style(DataValidationErrorStyle::Warning).set_error_message(say)?
    } else {
        match column.field.kind {
            FieldKind::Day => {
                let days = DataValidationRule::Between(ExcelDateTime::from_ymd(1900, 3, 1)?, ExcelDateTime::from_ymd(2199, 12, 31)?);
                let say = "请输入日期，如2024-03-05。";
                DataValidation::new().allow_date(days).set_error_style(DataValidationErrorStyle::Warning).set_error_message(say)?
            }
            _ => return Ok(None),
        }
    };
    Ok(Some(rule.ignore_blank(true)))
}

/// How the cells of a template look.
pub(super) struct Looks {
    head: Format,
    required: Format,
    sample: Format,
    sample_day: Format,
    text: Format,
    day: Format,
    title: Format,
    wrapped: Format,
}

impl Looks {
    fn new() -> Self {
        let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::VerticalCenter).set_border_bottom(FormatBorder::Medium);
        let sample = Format::new().set_italic().set_font_color(Color::RGB(0x0080_8080));
        Self {
            required: head.clone().set_background_color(Color::RGB(0x00FF_F2CC)),
            head: head.set_background_color(Color::RGB(0x00EE_F2F5)),
            sample_day: sample.clone().set_num_format("yyyy-mm-dd"),
            sample,
            text: Format::new().set_num_format("@"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            title: Format::new().set_bold().set_font_size(16),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        }
    }
}

#[cfg(test)]
pub(super) use self::plan::SheetPlan as Sheets;

/// The sheets of a template for these subjects.
#[cfg(test)]
pub(super) fn plan_of<'p>(set: &'p PolicySet, subjects: &[&'static Entity]) -> Vec<SheetPlan<'p>> {
    plan(subjects, &own_facts(set))
}

/// A template in which the sample rows are records.
#[cfg(test)]
pub(super) fn filled(sheets: &[SheetPlan<'_>]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    write(sheets, None)
}
