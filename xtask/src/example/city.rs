//! The second example workbook: a small city with nine institutions in three policy zones, for reports about regions.
//!
//! Out comes `examples/city-2024.xlsx`, the same bytes each time; everybody is invented. Its data are clean: what goes wrong in real ones is shown by
//! the hospital. Sheets: the region, its institutions, 183 people, their credit records, and the candidates for senior titles.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

use super::names;
use super::random::SplitMix64;

/// The one seed of this workbook.
const SEED: u64 = 0x2024_1205;

/// An institution: number, name, kind, level, ownership, grassroots, zone, information system, people.
type Unit = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str, usize);

const UNITS: [Unit; 9] = [
    ("H01", "示例市第一人民医院", "医院", "三级", "公立", "否", "主城区", "是", 46),
    ("H02", "示例市中医院", "医院", "二级", "公立", "否", "主城区", "是", 28),
    ("H03", "示例市康宁医院", "医院", "二级", "民营", "否", "主城区", "是", 16),
    ("H04", "江北社区卫生服务中心", "社区卫生服务中心", "一级", "公立", "是", "主城区", "是", 12),
    ("H05", "云溪县人民医院", "医院", "二级", "公立", "否", "渝东北", "是", 32),
    ("H06", "云溪县白石镇卫生院", "乡镇卫生院", "一级", "公立", "是", "渝东北", "否", 9),
    ("H07", "云溪县高桥乡卫生院", "乡镇卫生院", "未定级", "公立", "是", "渝东北", "是", 6),
    ("H08", "黔水县人民医院", "医院", "二级", "公立", "否", "渝东南", "是", 28),
    ("H09", "黔水县民安诊所", "其他", "未定级", "民营", "是", "渝东南", "是", 6),
];

/// What somebody did in the credit year.
#[derive(Clone, Copy, PartialEq)]
enum Year {
    Enough,
    Short,
    NoPublicSubjects,
    Illegible,
    Nothing,
}

/// Someone of the register.
struct Person {
    number: String,
    name: String,
    unit: usize,
    title: &'static str,
    grade: &'static str,
    profession: &'static str,
    status: &'static str,
    year: Year,
}

/// Titles of doctors, nurses, pharmacists and technicians, highest first, with their grades.
const TITLES: [(&str, [&str; 4]); 4] = [
    ("医师", ["主任医师", "副主任医师", "主治医师", "医师"]),
    ("护士", ["主任护师", "副主任护师", "主管护师", "护师"]),
    ("药师", ["主任药师", "副主任药师", "主管药师", "药师"]),
    ("技师", ["主任技师", "副主任技师", "主管技师", "技师"]),
];
const GRADES: [&str; 4] = ["正高", "副高", "中级", "初级"];

/// The workbook as bytes.
pub(crate) fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut random = SplitMix64::new(SEED);
    let people = people(&mut random);
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap();
    let mut book = Workbook::new();
    let written = ExcelDateTime::from_ymd(2024, 12, 5)?;
    book.set_properties(&DocProperties::new().set_title("2024年度继续医学教育统计").set_author("科教处").set_creation_datetime(&written));
    region(book.add_worksheet(), &head)?;
    institutions(book.add_worksheet(), &head)?;
    roster(book.add_worksheet(), &people, &head)?;
    records(book.add_worksheet(), &people, &head, &mut random)?;
    candidates(book.add_worksheet(), &people, &head)?;
    book.save_to_buffer()
}

/// Everyone: institution after institution, the highest titles first.
fn people(random: &mut SplitMix64) -> Vec<Person> {
    let mut people = Vec::new();
    for (unit, (code, .., number)) in UNITS.iter().enumerate() {
        for place in 0..*number {
            let (profession, titles) = TITLES[match random.below(10) {
                0..=3 => 0,
                4..=7 => 1,
                8 => 2,
                _ => 3,
            }];
            let rank = match (place * 20) / number {
                0 => 0,
                1..=2 => 1,
                3..=9 => 2,
                _ => 3,
            };
            // In small institutions nobody has a senior title.
            let rank = if *number < 20 { rank.max(2) } else { rank };
            let male = profession != "护士" && random.chance(55);
            let year = match random.below(100) {
                0..=4 => Year::Short,
                5 => Year::NoPublicSubjects,
                6 => Year::Illegible,
                _ => Year::Enough,
            };
            people.push(Person {
                number: format!("{code}{:03}", place + 1),
                name: names::draw(male, random),
                unit,
                title: titles[rank],
                grade: GRADES[rank],
                profession,
                status: "在岗",
                year,
            });
        }
    }
    special(&mut people);
    people
}

/// What the draw leaves out: those who left, managers, nobody's title, two of one name, and an institution where nobody took part.
fn special(people: &mut [Person]) {
    let mut change = |number: &str, with: &dyn Fn(&mut Person)| {
        if let Some(person) = people.iter_mut().find(|person| person.number == number) {
            with(person);
        }
    };
    change("H01004", &|person| "陈思敏".clone_into(&mut person.name));
    change("H05004", &|person| "陈思敏".clone_into(&mut person.name));
    for number in ["H01044", "H05030"] {
        change(number, &|person| (person.status, person.year) = ("退休", Year::Nothing));
    }
    for number in ["H02027", "H08026"] {
        change(number, &|person| (person.status, person.year) = ("离职", Year::Nothing));
    }
    for number in ["H01046", "H08028"] {
        change(number, &|person| (person.title, person.grade, person.profession, person.year) = ("", "无", "管理", Year::Nothing));
    }
    change("H02020", &|person| (person.title, person.grade) = ("", ""));
    change("H01040", &|person| (person.status, person.year) = ("产假", Year::Nothing));
    change("H08005", &|person| person.year = Year::Short);
    for person in people.iter_mut().filter(|person| person.number.starts_with("H09")) {
        person.year = Year::Nothing;
    }
}

fn table(sheet: &mut Worksheet, name: &str, heads: &[&str], head: &Format) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (column, word) in (0..).zip(heads) {
        sheet.write_with_format(0, column, *word, head)?;
        sheet.set_column_width(column, 16)?;
    }
    Ok(())
}

fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) -> Result<(), XlsxError> {
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column, *text)?;
    }
    Ok(())
}

fn region(sheet: &mut Worksheet, head: &Format) -> Result<(), XlsxError> {
    table(sheet, "地区", &["区划代码", "地区名称", "政策片区"], head)?;
    row(sheet, 1, &["509900", "示例市", "全市"])
}

fn institutions(sheet: &mut Worksheet, head: &Format) -> Result<(), XlsxError> {
    let heads = ["单位编号", "单位名称", "机构类别", "医院级别", "所有制", "是否基层", "政策片区", "信息化管理"];
    table(sheet, "医疗卫生机构", &heads, head)?;
    for (place, (number, name, kind, level, owner, grassroots, zone, system, _)) in (1..).zip(UNITS) {
        row(sheet, place, &[number, name, kind, level, owner, grassroots, zone, system])?;
    }
    Ok(())
}

fn roster(sheet: &mut Worksheet, people: &[Person], head: &Format) -> Result<(), XlsxError> {
    table(sheet, "人员名册", &["工号", "姓名", "单位编号", "单位名称", "人员类别", "职称", "职称级别", "人员状态"], head)?;
    for (place, person) in (1..).zip(people) {
        let (number, name, ..) = UNITS[person.unit];
        row(sheet, place, &[&person.number, &person.name, number, name, person.profession, person.title, person.grade, person.status])?;
    }
    Ok(())
}

/// The courses of the year: name, subject, credits in tenths, hours.
const COURSES: [(&str, &str, i32, i32); 8] = [
    ("高血压规范化诊疗学习班", "专业科目", 50, 15),
    ("基层医院感染防控培训", "专业科目", 60, 18),
    ("危重症救治新进展", "专业科目", 50, 16),
    ("临床合理用药", "专业科目", 55, 15),
    ("慢性病管理", "专业科目", 50, 15),
    ("康复与护理质量", "专业科目", 40, 12),
    ("卫生法律法规", "公需科目", 30, 16),
    ("医学伦理与人文", "公需科目", 20, 12),
];

fn records(sheet: &mut Worksheet, people: &[Person], head: &Format, random: &mut SplitMix64) -> Result<(), XlsxError> {
    let heads = ["工号", "姓名", "项目名称", "科目类别", "学分", "学时", "授予日期", "电子学分", "是否与岗位相关", "举办地区划代码"];
    table(sheet, "学分记录", &heads, head)?;
    let dates = Format::new().set_num_format("yyyy-mm-dd");
    let mut place = 1;
    for person in people {
        let courses: &[usize] = match person.year {
            Year::Enough => &[0, 1, 2, 3, 4, 6, 7],
            Year::Short => &[0, 5, 6],
            Year::NoPublicSubjects => &[0, 1, 2, 3, 4, 5],
            Year::Illegible => &[0, 1, 2, 4, 6],
            Year::Nothing => &[],
        };
        for (turn, course) in courses.iter().enumerate() {
            let (name, subject, credits, hours) = COURSES[*course];
            let job = if subject == "专业科目" { "是" } else { "否" };
            row(sheet, place, &[&person.number, &person.name, name, subject, "", "", "", "是", job, "509901"])?;
            // Someone's last course of the profession is told only by its certificate.
            if person.year == Year::Illegible && *course == 4 {
                sheet.write_string(place, 4, "见证书")?;
            } else {
                sheet.write_number(place, 4, tenths(credits)?)?;
            }
            sheet.write_number(place, 5, hours)?;
            let month = u8::try_from(1 + turn).unwrap_or(1);
            let day = u8::try_from(random.between(3, 27)).unwrap_or(3);
            sheet.write_datetime_with_format(place, 6, ExcelDateTime::from_ymd(2024, month, day)?, &dates)?;
            place += 1;
        }
    }
    Ok(())
}

/// The candidates for senior titles: two of one name, one whom the audit and the register tell differently, one who failed, one for a lower title.
fn candidates(sheet: &mut Worksheet, people: &[Person], head: &Format) -> Result<(), XlsxError> {
    table(sheet, "申报高级职称人员", &["人员编号", "申报职称级别", "学分审验合格"], head)?;
    let chosen = [
        ("H01004", "副高", "是"),
        ("H05004", "副高", "是"),
        ("H01006", "正高", "是"),
        ("H02005", "副高", "是"),
        ("H05006", "副高", "是"),
        ("H08004", "正高", "是"),
        ("H08005", "副高", "是"),
        ("H02006", "副高", "否"),
        ("H01030", "中级", "是"),
    ];
    let known = chosen.into_iter().filter(|(number, ..)| people.iter().any(|person| person.number == *number));
    for (place, (number, grade, passed)) in (1..).zip(known) {
        row(sheet, place, &[number, grade, passed])?;
    }
    Ok(())
}

/// So many tenths as a spreadsheet holds a number.
fn tenths(tenths: i32) -> Result<f64, XlsxError> {
    let text = format!("{}.{}", tenths / 10, tenths % 10);
    text.parse().map_err(|_| XlsxError::ParameterError(format!("`{text}` is not a number")))
}
