//! Codes of places (GB/T 2260), of which the first two digits are the province.

use super::{Fact, Reading};
use crate::workbook::notes;

/// The provinces: code and the name without its kind.
const PROVINCES: [(&str, &str); 34] = [
    ("11", "北京"),
    ("12", "天津"),
    ("13", "河北"),
    ("14", "山西"),
    ("15", "内蒙古"),
    ("21", "辽宁"),
    ("22", "吉林"),
    ("23", "黑龙江"),
    ("31", "上海"),
    ("32", "江苏"),
    ("33", "浙江"),
    ("34", "安徽"),
    ("35", "福建"),
    ("36", "江西"),
    ("37", "山东"),
    ("41", "河南"),
    ("42", "湖北"),
    ("43", "湖南"),
    ("44", "广东"),
    ("45", "广西"),
    ("46", "海南"),
    ("50", "重庆"),
    ("51", "四川"),
    ("52", "贵州"),
    ("53", "云南"),
    ("54", "西藏"),
    ("61", "陕西"),
    ("62", "甘肃"),
    ("63", "青海"),
    ("64", "宁夏"),
    ("65", "新疆"),
    ("71", "台湾"),
    ("81", "香港"),
    ("82", "澳门"),
];

/// Whether a code lies in a province.
pub(super) fn is_known(code: &str) -> bool {
    code.get(..2).is_some_and(|province| PROVINCES.iter().any(|(known, _)| *known == province))
}

/// Reads a code, or a text that is the name of a province and nothing more.
pub(super) fn read(text: &str) -> Reading {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && matches!(text.len(), 2 | 4 | 6 | 9 | 12) && is_known(text) {
        return Reading::fact(Fact::Text(text.to_owned()));
    }
    let name = ["特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"]
        .into_iter()
        .find_map(|kind| text.strip_suffix(kind))
        .unwrap_or(text);
    match PROVINCES.iter().find(|(_, known)| *known == name) {
        Some((code, _)) => Reading::mended(Fact::Text(format!("{code}0000")), &notes::PROVINCE_CODE),
        None => Reading::unknown(&notes::NOT_A_PLACE),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Taken;
    use super::*;

    #[test]
    fn a_province_by_name_becomes_its_code_and_any_other_word_is_unknown() {
        for (text, expected) in [("500101", "500101"), ("50", "50"), ("重庆市", "500000"), ("广西壮族自治区", "450000"), ("四川", "510000")]
        {
            assert_eq!(read(text).taken, Taken::Fact(Fact::Text(expected.to_owned())), "{text}");
        }
        for text in ["990000", "某地", "5", "渝中"] {
            assert_eq!(read(text).taken, Taken::Unknown, "{text}");
        }
    }
}
