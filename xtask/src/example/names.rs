//! Names of people who do not exist.

use super::random::SplitMix64;

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "林", "高", "罗", "郑", "梁", "谢", "宋",
    "唐", "许", "邓", "韩", "冯", "曹", "彭", "曾", "肖", "田", "董", "潘", "袁", "蔡", "蒋", "余", "杜", "叶", "程", "魏", "苏", "吕", "丁", "任",
    "卢", "姚", "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "廖", "石", "金", "夏", "方", "邹", "熊", "白", "秦", "邱", "江", "尹", "段", "雷",
    "龙", "黎", "陶", "贺", "龚", "冉", "向", "覃", "牟", "欧阳", "王", "李", "张", "刘", "陈", "杨", "周",
];
const MALE_FIRST: &[&str] = &["建", "志", "国", "文", "明", "俊", "浩", "子", "宇", "永", "世", "家", "光", "庆", "晓", "立", "渝", "泽"];
const MALE_LAST: &[&str] = &["强", "伟", "军", "勇", "杰", "涛", "超", "辉", "鹏", "斌", "华", "平", "林", "峰", "波", "川", "毅", "轩"];
const FEMALE_FIRST: &[&str] = &["晓", "雪", "丽", "小", "玉", "春", "秀", "雅", "思", "佳", "梦", "静", "红", "诗", "婉", "海", "琳", "渝"];
const FEMALE_LAST: &[&str] = &["芳", "敏", "静", "丽", "燕", "娟", "霞", "玲", "婷", "梅", "琴", "莉", "倩", "雯", "颖", "洁", "蓉", "怡"];

/// The ethnic names, each as the roster and as the credit records write its dot (D13).
pub(crate) const DOTTED: &[(&str, &str)] = &[
    ("买买提·艾力", "买买提•艾力"),
    ("古丽娜尔•阿不都", "古丽娜尔·阿不都"),
    ("阿依古丽・吐尔逊", "阿依古丽·吐尔逊"),
    ("扎西．次仁", "扎西·次仁"),
    ("迪丽努尔·玉素甫", "迪丽努尔．玉素甫"),
];

/// Names with characters that older systems lack (D13).
pub(crate) const RARE: &[&str] = &["李禛", "陈㛃", "周䶮"];

/// The name that two nurses of one department share (D13).
pub(crate) const SHARED: &str = "王丽";

/// A name; `SHARED` never comes out.
pub(crate) fn draw(male: bool, random: &mut SplitMix64) -> String {
    let (first, last) = if male { (MALE_FIRST, MALE_LAST) } else { (FEMALE_FIRST, FEMALE_LAST) };
    loop {
        let surname = random.pick(SURNAMES);
        let given = random.pick(last);
        let middle = if random.chance(78) { random.pick(first) } else { "" };
        let name = format!("{surname}{middle}{given}");
        if middle != given && name != SHARED {
            return name;
        }
    }
}
