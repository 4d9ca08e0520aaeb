//! The three sheets of the workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::day::{Cell, decimal};
use super::department::DEPARTMENTS;
use super::person::{Person, ROSTER_HEADERS, RosterColumn};
use super::record::{Column, RECORD_HEADERS, Record};

/// The fictional hospital.
const HOSPITAL: &str = "重庆市澄江区人民医院";

/// The formats of the cells.
#[derive(Debug)]
struct Formats {
    title: Format,
    header: Format,
    merged: Format,
    date: Format,
    slashed: Format,
    note: Format,
}

impl Formats {
    fn new() -> Self {
        let centred = Format::new().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self {
            title: centred.clone().set_bold().set_font_size(16),
            header: centred.clone().set_bold().set_text_wrap().set_border(FormatBorder::Thin),
            merged: centred.set_border(FormatBorder::Thin),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            slashed: Format::new().set_num_format("yyyy/m/d"),
            note: Format::new().set_text_wrap(),
        }
    }
}

/// The workbook as bytes.
pub(crate) fn workbook(people: &[Person], records: &[Record]) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title("2024学分年度继续医学教育学分登记")
        .set_author("科教科")
        .set_company(HOSPITAL)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2024, 11, 12)?);
    workbook.set_properties(&properties);
    explanations(workbook.add_worksheet(), &formats)?;
    roster(workbook.add_worksheet(), people, &formats)?;
    ledger(workbook.add_worksheet(), people, records, &formats)?;
    workbook.save_to_buffer()
}

/// The sheet 填写说明, which holds no data.
fn explanations(sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
    const LINES: [&str; 9] = [
        "填写说明",
        "1. 本表由科教科汇总，统计周期为2023年11月1日至2024年10月31日。",
        "2. 带 * 的列为必填；姓名、工号须与人事系统一致。",
        "3. 日期请按“2024-03-05”格式填写，不要填写“三月”“上半年”。",
        "4. 学时、学分只填数字，不要带单位。",
        "5. 科目类别：公需科目、专业科目。级别：国家级、省级、市级、区级、院内。",
        "6. 举办地区划代码按GB/T 2260填写，市内以50开头。",
        "7. 电子学分填“是”，指已在市继续医学教育服务管理平台登记。",
        "8. 市外国家级项目须附证明材料，并填写证明起止日期。",
    ];
    sheet.set_name("填写说明")?;
    sheet.set_column_width(0, 90)?;
    for (row, line) in (0..).zip(LINES) {
        sheet.write_with_format(row, 0, line, &formats.note)?;
    }
    Ok(())
}

/// The sheet 人员名册.
fn roster(sheet: &mut Worksheet, people: &[Person], formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("人员名册")?;
    let title = format!("{HOSPITAL}卫生专业技术人员名册（2024学分年度）");
    sheet.merge_range(0, 0, 0, 11, &title, &formats.title)?;
    for (column, header) in (0..).zip(ROSTER_HEADERS) {
        sheet.write_with_format(1, column, header, &formats.header)?;
        sheet.set_column_width(column, 13)?;
    }
    sheet.set_column_width(2, 21)?;
    sheet.set_column_width(5, 20)?;
    sheet.set_freeze_panes(2, 2)?;
    let sample = [
        "示例",
        "张三",
        "999999199001011239",
        "男",
        "1990-01-01",
        "心血管内科",
        "医师",
        "主治医师",
        "中级",
        "2020-01-01",
        "在岗",
        "示例行，请勿删除",
    ];
    for (column, text) in (0..).zip(sample) {
        sheet.write(2, column, text)?;
    }

    let mut row = 3;
    for (index, department) in DEPARTMENTS.iter().enumerate() {
        let members: Vec<&Person> = people.iter().filter(|person| person.department == index).collect();
        let first = row;
        let merged = index % 2 == 0 && members.len() > 1;
        for person in &members {
            for (column, cell) in person.cells() {
                if !(merged && column == RosterColumn::Department) {
                    write(sheet, row, column as u16, &cell, &formats.date)?;
                }
            }
            row += 1;
        }
        if merged {
            sheet.merge_range(first, 5, row - 1, 5, department.name, &formats.merged)?;
        }
        // A spacer after every tenth department.
        if index % 10 == 9 {
            row += 1;
        }
    }
    sheet.write(row + 1, 0, "合计")?;
    sheet.write(row + 1, 1, format!("{}人", people.len()))?;
    sheet.write(row + 2, 0, "制表：科教科")?;
    Ok(())
}

/// The sheet of credit records, whose name ends in a space as the hospital typed it.
fn ledger(sheet: &mut Worksheet, people: &[Person], records: &[Record], formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("学分记录 ")?;
    let last_column = Column::Certificate as u16;
    let title = format!("{HOSPITAL}继续医学教育学分记录");
    sheet.merge_range(0, 0, 0, last_column, &title, &formats.title)?;
    record_headers(sheet, formats)?;
    sheet.set_freeze_panes(3, 2)?;
    for (column, text) in [
        (Column::StaffNumber, "示例"),
        (Column::Name, "张三"),
        (Column::ActivityNumber, "2024-03-05-012(国)"),
        (Column::ActivityName, "示例：高血压规范化诊疗学习班"),
        (Column::Level, "国家级"),
        (Column::Subject, "专业科目"),
        (Column::Hours, "15"),
        (Column::Credits, "5"),
        (Column::Awarded, "2024-03-05"),
        (Column::Electronic, "是"),
    ] {
        sheet.write(3, column as u16, text)?;
    }

    let mut row = 4;
    let mut total = Total::default();
    let mut department = Some(0);
    for (index, record) in records.iter().enumerate() {
        let here = record.person.and_then(|person| people.get(person)).map(|person| person.department);
        if here != department {
            if department == Some(0) {
                // The first department has a subtotal, and it is right.
                total.write(sheet, row, "小计", 0)?;
                row += 1;
            } else if department.is_some_and(|department| department % 7 == 0) {
                row += 1;
            }
            department = here;
        }
        let date = if index % 9 == 4 { &formats.slashed } else { &formats.date };
        for (column, cell) in record.cells() {
            write(sheet, row, column as u16, &cell, date)?;
        }
        total.add(record);
        row += 1;
    }
    // The total of the hours is right, that of the credits 2.5 too high.
    total.write(sheet, row, "合计", 25)
}

/// The header of the records in two lines: groups above, and two headers over both lines.
fn record_headers(sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
    let mut column = 0;
    for group in RECORD_HEADERS.chunk_by(|one, other| one.0 == other.0) {
        let first = column;
        for (group, header) in group {
            if group.is_empty() {
                sheet.merge_range(1, column, 2, column, header, &formats.header)?;
            } else {
                sheet.write_with_format(2, column, *header, &formats.header)?;
            }
            sheet.set_column_width(column, 12)?;
            column += 1;
        }
        let name = group.first().map_or("", |(group, _)| *group);
        if !name.is_empty() {
            sheet.merge_range(1, first, 1, column - 1, name, &formats.header)?;
        }
    }
    sheet.set_column_width(Column::ActivityNumber as u16, 20)?;
    sheet.set_column_width(Column::ActivityName as u16, 36)?;
    sheet.set_row_height(2, 32)?;
    Ok(())
}

/// The sums of the hours and credits that are numbers, in tenths.
#[derive(Debug, Default)]
struct Total {
    hours: i32,
    credits: i32,
}

impl Total {
    fn add(&mut self, record: &Record) {
        self.hours += record.hours;
        if !record.overrides.contains_key(&Column::Credits) {
            self.credits += record.credits;
        }
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, name: &str, error: i32) -> Result<(), XlsxError> {
        sheet.write(row, Column::StaffNumber as u16, name)?;
        let format = Format::new();
        let credits = Cell::Tenths(self.credits + error);
        write(sheet, row, Column::Hours as u16, &Cell::Tenths(self.hours), &format)?;
        write(sheet, row, Column::Credits as u16, &credits, &format)
    }
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, date: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        Cell::Tenths(tenths) => number(sheet, row, column, &decimal(*tenths))?,
        Cell::Number(text) => number(sheet, row, column, text)?,
        Cell::Date(day) => {
            sheet.write_number_with_format(row, column, f64::from(day.serial()), date)?;
        }
        Cell::Serial(day) => {
            sheet.write_number(row, column, f64::from(day.serial()))?;
        }
    }
    Ok(())
}

/// Writes a decimal; only here does it become a binary number, as the file format wants.
fn number(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    let value: f64 = text.parse().map_err(|_| XlsxError::ParameterError(format!("`{text}` is not a number")))?;
    sheet.write_number(row, column, value)?;
    Ok(())
}
