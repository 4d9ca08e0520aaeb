//! The page that explains a template: how it is filled in, every column, and the words of every list.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::plan::SheetPlan;
use super::sample::{Sample, empty, sample, takes, unit, words};
use super::{Looks, header};
use crate::workbook::grid::letters;
use crate::workbook::spec::Spec;

/// The name of the page.
pub(super) const NAME: &str = "填写说明";

/// The row of the heads of the tables. INVARIANT: as many rows above it have text as are searched for headers, so that none is found below.
const HEADS: u32 = 17;
/// The first column with the words of a list.
const FIRST_LIST: u16 = 12;

const LINES: [&str; 15] = [
    "每张表的第一行是列名，第二行是示例（首格为“示例”），读取时自动跳过，可以删除。",
    "带 * 的列说明一行属于谁，必须填写；没有编号时，按唯一的名称归属，并给出提示。",
    "不需要的表和列可以整张、整列删除；不能确定的内容请留空，不要填0或“无”。",
    "某类记录确实一条也没有时，删除示例行、保留空表，表示“没有”；表不填且示例行仍在，表示“未知”。",
    "日期写作2024-03-05；数值只写数字；是否类填“是”或“否”；可填多项的以顿号分隔，确实没有的填“无”。",
    "编号列为文本格式，前导零不会丢失；身份证号请勿以数值粘贴。",
    "列名可以用下面列出的其他写法；列的次序可以改变；表名请不要改动。",
    "代码类的列有下拉列表，词表列在本页右侧；常见的其他写法也能识别。",
    "地区或机构由多个对象共用时，在对象一行填其编号或名称，详细内容填在“地区”或“医疗卫生机构”表。",
    "单独一条的内容（如经费、进修申请）在其表中每个对象填一行。",
    "读取后的问题都注明工作表和单元格，原表不会被改动。",
    "培训基地下的专业基地各占一行，基地编号可以相同，以“专业基地”一列区分；基地整体一行不填该列。",
    "单位写在列名的括号中时按该单位换算，如“提取经费(万元)”。",
    "合计、小计行不作为记录读取，但会与各行之和核对。",
    "各列的含义见下表。",
];

/// The lists of words, each in a column of the page.
pub(super) struct Lists {
    lists: Vec<(String, Vec<String>)>,
}

impl Lists {
    /// The lists of every column of these sheets, each once.
    pub(super) fn of(sheets: &[SheetPlan<'_>]) -> Self {
        let mut lists: Vec<(String, Vec<String>)> = Vec::new();
        for column in sheets.iter().flat_map(|sheet| &sheet.columns) {
            if let Some(words) = words(&column.field)
                && !lists.iter().any(|(_, known)| *known == words)
            {
                lists.push((column.header.clone(), words));
            }
        }
        Self { lists }
    }

    /// Where the words of a field stand, as a formula.
    pub(super) fn formula(&self, field: &Spec<'_>) -> Option<String> {
        let words = words(field)?;
        let place = self.lists.iter().position(|(_, known)| *known == words)?;
        let column = letters(FIRST_LIST.checked_add(u16::try_from(place).ok()?)?);
        let first = HEADS + 2;
        let last = HEADS + 1 + u32::try_from(words.len()).ok()?;
        Some(format!("='{NAME}'!${column}${first}:${column}${last}"))
    }
}

/// Writes the page.
pub(super) fn write(page: &mut Worksheet, sheets: &[SheetPlan<'_>], lists: &Lists, looks: &Looks) -> Result<(), XlsxError> {
    page.set_name(NAME)?;
    page.write_string_with_format(0, 0, NAME, &looks.title)?;
    for (row, line) in (1..).zip(LINES) {
        page.write_string(row, 0, format!("{row}. {line}"))?;
    }
    let heads = ["工作表", "列名", "必填", "填写内容", "单位", "空白表示", "示例", "其他写法", "英文名", "Meaning"];
    let widths = [22.0, 24.0, 6.0, 40.0, 8.0, 14.0, 20.0, 40.0, 28.0, 60.0];
    for ((column, head), width) in (0_u16..).zip(heads).zip(widths) {
        page.set_column_width(column, width)?;
        page.write_string_with_format(HEADS, column, head, &looks.head)?;
    }
    let mut row = HEADS + 1;
    for sheet in sheets {
        for column in &sheet.columns {
            let example = match sample(&column.field) {
                Sample::Text(text) => text,
                Sample::Number(number, scale) => rust_decimal::Decimal::new(number, scale).to_string(),
                Sample::Day(day) => day.to_owned(),
                Sample::None => String::new(),
            };
            let (known, own) = (column.known, column.field.own);
            let others = known.map(|field| field.headers.join("、")).or(own.map(|own| own.headers.join("、"))).unwrap_or_default();
            let cells = [
                sheet.name.to_owned(),
                header(column),
                if column.required { "是" } else { "" }.to_owned(),
                takes(&column.field),
                unit(&column.field).unwrap_or_default().to_owned(),
                empty(column).to_owned(),
                example,
                others,
                column.field.en.to_owned(),
                known.map_or("", |field| field.doc).to_owned(),
            ];
            for (column, text) in (0_u16..).zip(cells) {
                page.write_string_with_format(row, column, text, &looks.wrapped)?;
            }
            row += 1;
        }
    }
    for (column, (name, words)) in (FIRST_LIST..).zip(&lists.lists) {
        page.set_column_width(column, 18)?;
        page.write_string_with_format(HEADS, column, name, &looks.head)?;
        for (row, word) in (HEADS + 1..).zip(words) {
            page.write_string(row, column, word)?;
        }
    }
    page.set_freeze_panes(0, 0)?;
    Ok(())
}
