//! What each kind of note says, in English and Chinese.

use super::{Rule, Severity};
use crate::lang::Text;
use crate::problem::ProblemCode;

macro_rules! rules {
    ($($name:ident = $severity:ident $code:ident $en:literal $zh:literal $($cure:literal $cure_zh:literal)?;)*) => {$(
        pub(crate) static $name: Rule = Rule {
            severity: Severity::$severity, code: ProblemCode::$code, en: $en, zh: $zh, cure: rules!(@cure $($cure $cure_zh)?),
        };
    )*};
    (@cure) => { None };
    (@cure $en:literal $zh:literal) => { Some(Text { zh: $zh, en: $en }) };
}

rules! {
    TIDIED = Fixed Normalised "full-width, invisible or stray characters were normalised" "已规范全角、不可见或多余字符";
    SAME_AS_ABOVE = Fixed Normalised "`same as above` was filled from the row above" "“同上”已按上一行填充";
    NOTHING_ABOVE = Suspect Suspect "`same as above` has nothing above it" "“同上”之上没有可用内容" "write the value itself" "请直接填写内容";
    PLACEHOLDER = Info Normalised "a placeholder for no value was read as an empty cell" "占位符按空白处理";
    SAID_NONE = Info Normalised "the cell says that there is none, and was read so" "写明“无”，按没有处理";
    NOT_TOLD = Suspect Suspect "the cell has neither the number or name that is asked for nor says that there is none: it is unknown" "未填写所要求的编号或姓名，也未写明没有，按未知处理" "write it, or 无 where there is none" "请填写；没有的，请填“无”";
    NOT_KNOWN = Suspect Suspect "the cell says that the value is not known" "单元格注明不详或出错，按未知处理" "fill in the value" "请填写内容";
    FORMULA_ERROR = Suspect Suspect "a formula ended in an error; the value is unknown" "公式出错，按未知处理" "mend the formula or write the value" "请修正公式或直接填写数值";
    UNCALCULATED = Suspect Suspect "a formula whose result was not saved with the workbook; the value is unknown" "公式未保存计算结果，按未知处理" "open the workbook in Excel or WPS, and save it" "请用Excel或WPS打开该文件并重新保存";
    TOO_PRECISE = Suspect Suspect "a number of more than 15 digits has lost its last digits in a numeric cell" "数值单元格只保留15位有效数字，末位已失真" "format the column as text and enter the number again" "请将该列设为文本格式后重新录入";
    NUMBER_AS_TEXT = Info Normalised "a number stands where text is expected; leading zeros may be lost" "文本列中的数值，可能已丢失前导零" "format the column as text" "请将该列设为文本格式";
    TWO_VALUES = Suspect Contradiction "two columns of one meaning differ in this row: which one counts cannot be told" "含义相同的两列内容不同，无法判断以哪一列为准" "keep one of the columns" "请只保留其中一列";
    MERGED_AMOUNT = Suspect Suspect "an amount merged over several rows: whose it is cannot be told" "数量跨行合并，无法判断归属" "write the amount into each row" "请在各行分别填写数值";

    SERIAL_DATE = Fixed Normalised "a serial number without a date format was read as a date" "无日期格式的序列值已按日期读取" "format the column as a date" "请将该列设为日期格式";
    WRITTEN_DATE = Fixed Normalised "a date in another form was read" "已读取其他写法的日期";
    POINT_IN_TIME = Fixed Normalised "a point in time was read as the day on which it was in China" "带时区的时间已按北京时间取日期";
    SHORT_YEAR = Fixed Normalised "a year of two digits was completed from the other dates of the column" "两位年份已按本列其他日期补全" "write the year with four digits" "年份请写四位";
    SHORT_YEAR_OPEN = Suspect Suspect "a year of two digits that the column does not settle" "两位年份无法确定" "write the year with four digits" "年份请写四位";
    PARTIAL_DATE = Suspect Suspect "only a month or a year: it is read as some day within it, and no other is guessed" "只有年份或月份：按其间某日读取，不推定具体日期" "write the full date" "请写完整日期";
    NO_YEAR = Suspect Suspect "a day without a year" "日期缺少年份" "write the full date" "请写完整日期";
    YEAR_FROM_ROW = Fixed Normalised "the year was completed from the other dates of the row" "年份已按本行其他日期补全" "write the full date" "请写完整日期";
    DATE_RANGE = Fixed Normalised "a range of days was read as first and last day" "起止日期已拆分为首日和末日";
    RANGE_NOT_DAY = Suspect Suspect "a range of days where one day is asked for" "此处应为单个日期，却是起止日期" "write one day" "请只填一个日期";
    GOES_ON = Fixed Normalised "a range without a last day was read as going on" "只写首日的起止时间已按尚未结束读取";
    LAST_DAY_OPEN = Suspect Suspect "one day where the first and the last are asked for: whether it goes on cannot be told, and the last day is unknown" "此处应为起止日期，却只有一个日期，无法判断是否已结束，结束日期按未知处理" "write both days, or 至今 where it goes on" "请填写起止日期；尚未结束的，请写“至今”";
    RANGE_DISAGREES = Suspect Contradiction "the range ends on another day than the column of the last day says" "起止日期与结束日期列不一致" "correct one of them" "请更正其中一处";
    YEAR_DISAGREES = Suspect Contradiction "the year claimed is not that of the day granted, which decides" "所填年度与授予日期不符，以授予日期为准" "correct one of them" "请更正其中一处";
    AFTER_ASKED = Suspect Suspect "granted or completed after the day that is asked about: it was read as it stands" "授予或完成日期晚于查询日，已照常读取" "correct the day, or ask about a later one" "请更正日期，或改用更晚的查询日";
    ENDS_BEFORE_START = Suspect Contradiction "the last day lies before the first" "结束日期早于开始日期" "correct one of them" "请更正其中一处";
    IMPOSSIBLE_DATE = Blocking BadDate "a date that does not exist" "不存在的日期" "write the right date" "请填写正确的日期";
    MONTH_OR_FRACTION = Suspect Suspect "a number such as 2024.1 may be January or October: it is read as some day from the one to the other" "形如2024.1的数值无法区分1月与10月：按1月至10月间某日读取" "write the full date as text or as a date" "请以文本或日期格式填写完整日期";
    NOT_A_DATE = Suspect BadDate "not a date that can be read" "无法识别的日期" "write the date as 2024-03-05" "请按2024-03-05的格式填写";

    WITH_UNIT = Fixed Normalised "a number was read without the words around it" "已去除数字前后的文字";
    FREE = Fixed Normalised "free of charge was read as zero" "免费按0元读取";
    SUMMED = Fixed Normalised "a written sum was added up" "已对列出的和式求和";
    CHINESE_NUMBER = Fixed Normalised "a number in Chinese characters was read" "已读取中文数字";
    TOO_LONG_FRACTION = Fixed Normalised "a computed number was rounded to the 15 digits that a spreadsheet keeps" "计算值已按表格的15位有效数字取整";
    QUALIFIED_NUMBER = Suspect Suspect "about, at least or at most is not a number" "“约”“≥”等不是确定的数值" "write the number alone" "请只填数值";
    SEVERAL_NUMBERS = Suspect Suspect "white space between digits: it may be more than one number" "数字之间有空格或换行，可能不止一个数值" "write one number without spaces" "请只填一个数值，数字之间不留空格";
    OTHER_UNIT = Suspect UnitMismatch "the number has another unit than its column" "数值的单位与本列不符" "correct the unit or the column" "请更正单位或所在列";
    UNIT_ABOVE = Fixed Normalised "the unit above or below the headers was applied to the column" "已按表头上方或下方注明的单位换算";
    TWO_UNITS = Suspect UnitMismatch "the header has another unit than the line of units: numbers without a unit of their own are unknown" "列名中的单位与单位行不一致，未注明单位的数值按未知处理" "keep one of the units" "请只保留其中一处单位";
    NO_UNIT = Suspect Suspect "money of a fund without a unit, beside some in another unit than yuan: numbers without a unit of their own are unknown" "同表其他经费注明了元以外的单位，本列未注明：未注明单位的数值按未知处理" "write the unit into the header: 元 or 万元" "请在列名中注明单位：元或万元";
    NOT_A_NUMBER = Suspect WrongType "not a number that can be read" "无法识别的数值" "write digits alone" "请只填数字";
    NEGATIVE = Suspect OutOfRange "a number below zero" "数值小于零" "correct the number" "请更正数值";
    MORE_THAN_WHOLE = Suspect Contradiction "more passed than took part: both numbers are unknown" "通过人数多于参加人数，均按未知处理" "correct the numbers" "请更正人数";
    NOT_A_YEAR = Suspect OutOfRange "not a year" "不是年份" "write the year with four digits" "请用四位数字填写年份";
    ZERO_AMOUNT = Suspect Suspect "zero was kept; make sure that it does not stand for an unknown amount" "数值为0，已保留；请确认并非“未知”" "leave the cell empty if the amount is not known" "数值不明的，请留空";

    PROOF_NAMED = Fixed Normalised "the name of a document was read as proof at hand" "列出材料名称，按有证明处理";
    NOT_YES_NO = Suspect WrongType "neither yes nor no" "无法识别是或否" "write 是 or 否" "请填“是”或“否”";
    NOT_A_CODE = Suspect UnknownCode "a word that the code list does not know" "不在代码表内的写法" "use a word of the code list" "请使用代码表中的写法";
    WORD_IN_WORD = Fixed Normalised "the word was read without its addition" "已去除附加说明后识别";
    WORD_TAKEN_BACK = Suspect Contradiction "what stands beside the word may take it back: it is unknown" "附加说明与该取值相反或未定，按未知处理" "write one word of the code list alone, the one that holds" "请只填一个现行有效的取值";
    SEVERAL_WORDS = Suspect Contradiction "two different words of the code list in one cell" "一个单元格中有两个不同取值" "keep one of them" "请只保留其一";
    TITLE_IS_GRADE = Fixed Normalised "a grade stands where the title is expected: the grade was taken, the title is unknown" "职称栏填的是级别：已取级别，职称未知" "write the title, such as 主治医师" "请填写职称，如主治医师";
    NO_TITLE = Fixed Normalised "no title: the grade was taken as none yet" "无职称，职称级别按待聘处理";
    GRADE_FROM_TITLE = Info Normalised "the title grade was derived from the title" "职称级别由职称推得";
    GRADE_DISAGREES = Suspect Contradiction "the title grade is not that of the title" "职称级别与职称不符" "correct one of them" "请更正其中一处";
    LEVEL_AND_CLASS = Fixed Normalised "level and class of the institution were read from one cell" "医院级别与等次已从同一单元格拆出";
    PROVINCE_CODE = Fixed Normalised "the name of a province was read as its code" "省级名称已换为区划代码";
    NOT_A_PLACE = Suspect Suspect "not a code of GB/T 2260" "不是GB/T 2260区划代码" "write the code, such as 500000" "请填写区划代码，如500000";
    CREDIT_CLASS = Fixed Normalised "the credit class was read in its one spelling" "学分类别已统一写法";

    ID_NUMERIC = Suspect Suspect "an identity number in a numeric cell has lost its last digits; it was left out" "身份证号存为数值，末位已失真，未采用" "format the column as text and enter the number again" "请将该列设为文本格式后重新录入";
    ID_SPELLING = Fixed Normalised "spaces, case or form of an identity number were normalised" "身份证号已统一写法";
    ID_OLD = Fixed Normalised "an identity number of 15 digits was brought to 18" "15位身份证号已升为18位";
    ID_LENGTH = Blocking Suspect "an identity number that has neither 18 nor 15 characters" "身份证号位数不对" "correct the number" "请更正编号";
    ID_DATE = Blocking BadDate "the date inside an identity number does not exist" "身份证号中的出生日期不存在" "correct the number" "请更正编号";
    ID_REGION = Suspect Suspect "the region inside an identity number does not exist" "身份证号中的行政区划不存在" "correct the number" "请更正编号";
    ID_CHECK = Suspect Suspect "the check character of an identity number does not fit" "身份证号校验码不符" "correct the number" "请更正编号";
    ID_OTHER = Info Suspect "not the number of an identity card; taken as another document" "非居民身份证号，按其他证件处理";
    BIRTH_DISAGREES = Suspect Contradiction "the date of birth is not that of the identity number" "出生日期与身份证号不符" "correct one of them" "请更正其中一处";
    SEX_DISAGREES = Suspect Contradiction "the sex is not that of the identity number" "性别与身份证号不符" "correct one of them" "请更正其中一处";

    UNKNOWN_HEADER = Info Header "a column that is not used" "未使用的列";
    ODD_HEADER = Suspect Header "a column whose header is not known" "未识别的列名" "rename the header" "请修改列名";
    HEADER_BY_VALUES = Info Header "a header with several meanings was read by what stands under it" "多义列名已按内容判定";
    HEADER_VALUES_MISFIT = Suspect Header "a column whose values do not fit its header was not used" "列内容与列名不符，未使用" "rename the header" "请修改列名";
    HEADER_TWICE = Suspect Header "a second column of the same meaning was not used" "含义重复的列，未使用" "rename or remove one of the two" "请修改或删除其中一列";

    HEADER_MAY_BE = Suspect Header "a column that is not known may be what the sheet lacks, which is unknown therefore" "未识别的列可能正是本表缺少的内容，该内容按未知处理" "name the column so if it is that; delete it if it is not" "如是，请改用该列名；如不是，请删除该列";
    NO_COLUMN = Info Missing "the sheet has no column for it: it is unknown, and not taken as none" "本表没有该列，不能视为没有，按未知处理" "add the column; leave the cells empty where there is none" "请补充该列；没有的，单元格留空";
    HEADER_QUALIFIED = Suspect Header "a column of amounts was not used, because its header limits what they are" "列名含限定词，是否即授予数不明，未使用" "name the column 学分 or 学时, under no heading that limits it, if it has what was granted, in that unit" "如为授予数，请将列名改为“学分”或“学时”，其上方勿设限定性的表头";
    DAYS_QUALIFIED = Suspect Header "a column of days was not used, because its header limits which days they are" "日期列的列名含限定词，是否即该日期不明，未使用" "name the column by the day that it has, with nothing in brackets or above that limits it" "如即为该日期，请删去列名括号内及上方表头中的限定词";

    HIDDEN_SHEET = Suspect Suspect "a hidden sheet was read" "已读取隐藏的工作表" "unhide and check it, or delete it if it is not meant" "请取消隐藏后核对；不需要的，请删除";
    HIDDEN_ROWS = Info Suspect "rows that are hidden, or that a filter leaves out, were read" "已读取隐藏或被筛选掉的行" "delete those that are not meant" "不需要的，请删除";
    NO_ROWS = Suspect Missing "a sheet of records without a single record: everyone counts as having none" "记录表只有表头，全员按无记录处理" "fill in the records, or delete the sheet if they are not known" "请填写记录；情况不明的，请删除该表";
    OPEN_QUOTE = Blocking Suspect "a quotation mark is never closed: rows behind it may have become one cell" "引号未闭合，其后各行可能并成一格" "remove the quotation mark or save the file as .xlsx" "请删除多余的引号，或另存为.xlsx";
    SWALLOWED = Blocking Suspect "a pair of quotation marks has made one cell of several rows, which were not read" "成对的多余引号将多行并成一格，这些行未读取" "remove the quotation marks or save the file as .xlsx" "请删除多余的引号，或另存为.xlsx";
    SET_APART = Suspect Suspect "the sheet or the title says that its records were refused, void, planned or samples: whether they count is unknown" "工作表名或标题表明其中记录未获通过、作废、属计划或样例，是否计入不明，按未知处理" "delete the sheet or the rows if they do not count; else rename it, or add a column 审核状态" "不应计入的，请删除；应计入的，请更改名称，或增加“审核状态”列";
    SIDE_BY_SIDE = Blocking Header "the headers that say whose a row is stand twice, and where the second table begins cannot be told: the sheet was not read" "表明归属的列名出现两次，无法判断并排的两张表如何划分，该工作表未读取" "put the tables on sheets of their own, or leave an empty column between them" "请将两张表分列为两个工作表，或在其间空出一列";
    ONLY_TOTALS = Suspect Suspect "the sheet has amounts for each person and neither names nor days of activities: these totals were read as records of which it is not known when they were earned" "该表按人填写学分或学时，而无项目名称和日期：各行按日期不明的记录处理" "fill in a row for each activity with its day; leave columns of totals out of the roster" "请逐项填写项目名称和日期；名册中请勿设学分、学时合计列";
    SHEET_NOT_READ = Info Header "the sheet was not recognised as a register" "未识别为名册或记录的工作表";
    NO_HEADER = Suspect Header "cells in columns without a header were not read" "所在列没有列名的单元格，未读取" "give the columns headers, or see whether a comma has moved the row's cells" "请补填列名；如因多出分隔符而错列，请更正";
    TOTAL_ROW = Info SetAside "a row of totals was not read as a record" "合计行未作为记录读取";
    PERHAPS_TOTAL = Suspect SetAside "an activity called a total, whose amounts are not those of the rows above: it stays undecided" "项目名称为“合计”，而数值与前面各行之和不符，待确认" "delete the row if it is a total; name the activity if it is none" "如为合计行，请删除；如为学习项目，请填写其名称";
    TOTAL_DIFFERS = Suspect TotalDiffers "a total differs from the sum of its rows" "合计与各行之和不符" "recalculate the total" "请重新计算合计";
    SAMPLE_ROW = Info SetAside "the sample row of the template was skipped" "已跳过模板示例行";
    HEADER_AGAIN = Info SetAside "a repeated header row was skipped" "已跳过重复的表头行";
    REMARK_ROW = Info SetAside "a row with a remark was skipped" "已跳过备注行";
    NAME_ALONE = Suspect SetAside "a row with nothing but a name or number was not read as a person" "只有姓名或工号的行，未作为人员读取" "fill in the row, or delete it" "请补全或删除该行";
    IN_TRAINING = Info SetAside "a student or resident in training is not staff" "实习、规培、进修人员不计入在职人员";
    OUT_OF_SERVICE = Suspect Suspect "retired or left, and it is not said since when: judged by themselves like those in service, and left out of a region's rates" "人员状态为退休或离职，但未注明自何日起：个人结论照常给出，地区统计不计入" "delete the row if nothing was asked of them in the time that is asked about; keep it for who still works" "所查期间已不在职的，请删除该行；返聘等仍在职的，请保留";
    RECORDED_LATER = Info SetAside "recorded after the day as known on which is asked" "记录日期晚于资料登记截止日";
    RECORD_OF_TRAINEE = Info SetAside "a record of someone who was set aside" "已剔除人员的记录";
    NO_KEY = Suspect SetAside "a row without a person number, identity number or name that can be read" "工号、身份证号和姓名均空缺或无法识别的行" "fill in the person number" "请填写工号";
    ANYBODYS = Suspect SetAside "the row does not say whose it is, or not so that it can be read: it may belong to any of them, and stays undecided with each" "该行未注明归属，或归属无法识别，可能属于其中任何一个，逐一待定" "fill in the number; where it is a formula, save the workbook in Excel or WPS" "请填写编号；如为公式，请用Excel或WPS重新保存";
    MISSING_FROM_SOMEBODY = Blocking SetAside "the row does not say whose it is, or not so that it can be read: it was left out, and a record is missing from one of them" "该行未注明归属，或归属无法识别，未采用，其中一个因此缺少一条记录" "fill in the number; where it is a formula, save the workbook in Excel or WPS" "请填写编号；如为公式，请用Excel或WPS重新保存";
    NUMBER_DAMAGED = Suspect SetAside "the number has lost its last digits: the record stays undecided with each whom the others fit" "编号末位已失真，该记录与其余各位相符者逐一待定" "format the column as text and enter the number again" "请将该列设为文本格式后重新录入";
    SAME_PERSON_TWICE = Suspect DuplicateRecord "a person who stands in the roster before was set aside" "名册中重复的人员，后者未采用" "remove one of the rows" "请删除其中一行";
    PERSON_CONTRADICTED = Suspect Contradiction "a person who stands in the roster before, with something else: what the rows disagree on is unknown" "名册中重复的人员，内容不一致之处按未知处理" "keep the row that is right" "请只保留正确的一行";
    SAME_NUMBER_TWICE = Blocking Contradiction "two people of the roster have the same number" "名册中两人工号相同" "correct one of the numbers" "请更正其中一个编号";
    NOT_IN_ROSTER = Suspect SetAside "a record whose person is not in the roster" "记录对应的人员不在名册中" "correct the person number or add the person" "请更正工号，或在名册中补充该人员";
    ZEROS_LOST = Fixed Normalised "a person number without its leading zeros was matched" "丢失前导零的工号已匹配";
    NUMBER_AMBIGUOUS = Suspect SetAside "the number fits several people of the roster; the record stays undecided with each" "编号可对应名册中多人，归属未定" "write the number that is theirs alone, with its leading zeros" "请填写其唯一的编号，写全前导零";
    BY_NAME_ALONE = Suspect Suspect "without a number, the record was joined to the only person of this name" "缺少工号，按唯一同名人员归属" "fill in the person number" "请填写工号";
    NAME_OF_SEVERAL = Suspect SetAside "without a number, the record may belong to several people of this name; it stays undecided with each" "缺少工号且有同名人员，归属未定" "fill in the person number" "请填写工号";
    PERHAPS_BY_NAME = Suspect SetAside "the number is not in the roster, the name is: the record stays undecided with this person" "工号不在名册中而姓名相符，归属未定" "correct the person number" "请更正工号";
    OTHER_NAME = Suspect Contradiction "the name is not that of the person with this number" "姓名与该工号人员不符" "correct the number or the name" "请更正编号或名称";
    SAME_IDENTITY_TWICE = Blocking Contradiction "two rows of the roster have the same identity number" "名册中两行身份证号相同" "remove one of the rows or correct the number" "请删除其中一行，或更正编号";
    OTHER_IDENTITY = Suspect Contradiction "the identity number is not that of the person with this number" "身份证号与该工号人员不符" "correct one of the numbers" "请更正其中一个编号";
    OTHER_PERSON = Suspect Contradiction "number and name belong to two people; the record stays undecided with both" "工号与姓名分属两人，归属未定" "correct the number or the name" "请更正编号或名称";
    SAME_CERTIFICATE = Suspect DuplicateRecord "the same certificate again; the later row was set aside" "证书编号重复，后者未采用" "remove one of the rows" "请删除其中一行";
    CERTIFICATE_OF_SEVERAL = Suspect DuplicateRecord "one certificate number on activities of different names or days; each stays undecided" "名称或日期不同的活动填有同一证书编号，均待确认" "give each its own certificate number, or leave the column empty where it has none" "请填写各自的证书编号；没有的，请留空";
    CERTIFICATE_CONTRADICTED = Suspect Contradiction "another row of the same certificate says something else: what they disagree on is unknown" "证书编号相同而内容不一致，不一致之处按未知处理" "keep the row that is right" "请只保留正确的一行";
    CERTIFICATE_OF_TWO = Suspect Suspect "the same certificate number with two people" "同一证书编号出现在两人名下" "correct the number" "请更正编号";
    SAME_ACTIVITY = Suspect DuplicateRecord "the same activity, days and credits again; the later row was set aside" "同一项目、日期和学分重复，后者未采用" "remove one of the rows" "请删除其中一行";
    SAME_RECORD = Suspect DuplicateRecord "the same row again; the later one was set aside" "完全相同的行，后者未采用" "remove one of the rows" "请删除其中一行";
    SAME_UNNAMED = Suspect DuplicateRecord "the same row again, without a name or number to tell whether it is another record; it stays undecided" "与前面的行完全相同，又无编号或名称可资区分，待确认" "remove one of the rows, or give both what tells them apart" "请删除其中一行，或补填可以区分两行的内容";
    PERHAPS_TWICE = Suspect DuplicateRecord "perhaps the same as an earlier record; it stays undecided" "可能与前面的记录重复，待确认" "remove one of the rows, or give both their certificate numbers" "请删除其中一行，或补填两行的证书编号";
    PEOPLE_FROM_RECORDS = Info Missing "there is no roster: the people were taken from the records" "没有名册，人员取自记录" "add a sheet with the roster" "请补充名册";
    PEOPLE_BY_NAME = Suspect Suspect "without numbers, records of the same name were taken as one person's, since nothing tells them apart" "缺少工号，同名记录内容无矛盾，按一人处理" "fill in the person numbers" "请填写工号";
    NAMESAKES = Suspect Contradiction "without numbers, rows of the same name that say different things of the person were taken as several people's" "缺少工号，同名各行的科室、职称等不一致，按多人处理" "fill in the person numbers" "请填写工号";
    ROWS_DIFFER = Suspect Contradiction "rows of one person say different things of them: what they disagree on is unknown" "同一人各行所填的科室、职称等不一致，不一致之处按未知处理" "add a sheet with the roster, or make the rows agree" "请补充名册，或统一各行内容";
    NUMBER_OF_SEVERAL = Blocking Contradiction "rows of one number bear different names: they were taken as those of several people" "同一工号填有不同姓名，按多人处理" "correct the number or the name; where hospitals have numbers of their own, add a column 工作单位" "请更正工号或姓名；各单位工号各自编排的，请增加“工作单位”列";
    UNIT_OF_OTHERS = Suspect Contradiction "the institution is not that of the person with this number; the record stays undecided with them" "工作单位与该工号人员不符，归属未定" "correct the number or the institution, or fill in the name" "请更正工号或工作单位，或补填姓名";
    UNIT_MISSING = Blocking SetAside "several institutions have this number; the record stays undecided with each of its people" "多个单位有此工号，归属未定" "add the column 工作单位 to the records as it stands in the roster, or the name" "请在记录中增加与名册一致的“工作单位”列，或补填姓名";
    OTHER_NAME_OPEN = Suspect Contradiction "the name is not that of the person with this number; the record stays undecided with them" "姓名与该工号人员不符，归属未定" "correct the number or the name" "请更正编号或名称";
    THING_NAME_ALONE = Suspect SetAside "a row with nothing but a name or number was not read" "只有名称或编号的行，未读取" "fill in the row, or delete it" "请补全或删除该行";
    THING_NO_ROWS = Suspect Missing "a sheet of records without a single record: all count as having none" "记录表只有表头，全部按无记录处理" "fill in the records, or delete the sheet if they are not known" "请填写记录；情况不明的，请删除该表";
    THING_NO_KEY = Suspect SetAside "a row without a number or name that can be read" "编号和名称均空缺或无法识别的行" "fill in the number" "请填写编号";
    SAME_THING_TWICE = Suspect DuplicateRecord "what stands in the list before was set aside" "名单中重复的行，后者未采用" "remove one of the rows" "请删除其中一行";
    THING_CONTRADICTED = Suspect Contradiction "what stands in the list before, with something else: what the rows disagree on is unknown" "名单中重复的行，内容不一致之处按未知处理" "keep the row that is right" "请只保留正确的一行";
    THING_SAME_NUMBER = Blocking Contradiction "two rows of the list have the same number" "名单中两行编号相同" "correct one of the numbers" "请更正其中一个编号";
    THING_SAME_CODE = Blocking Contradiction "two rows of the list have the same code" "名单中两行代码相同" "remove one of the rows or correct the code" "请删除其中一行，或更正代码";
    THING_NOT_LISTED = Suspect SetAside "a record whose owner is not in the list" "记录的所属对象不在名单中" "correct the number or add what it belongs to" "请更正编号，或在名单中补充所属对象";
    THING_ZEROS_LOST = Fixed Normalised "a number without its leading zeros was matched" "丢失前导零的编号已匹配";
    THING_AMBIGUOUS = Suspect SetAside "the number fits several rows of the list; the record stays undecided with each" "编号可对应名单中多行，归属未定" "write the number that is theirs alone" "请填写唯一对应的编号";
    THING_BY_NAME = Info Suspect "without a number, the record was joined by the name, which only one has" "缺少编号，按唯一名称归属" "fill in the number" "请填写编号";
    THING_NAME_OF_SEVERAL = Suspect SetAside "without a number, the record may belong to several of this name; it stays undecided with each" "缺少编号且有同名对象，归属未定" "fill in the number" "请填写编号";
    THING_PERHAPS_BY_NAME = Suspect SetAside "the number is not in the list, the name is: the record stays undecided" "编号不在名单中而名称相符，归属未定" "correct the number" "请更正编号";
    THING_OTHER_NAME = Suspect Contradiction "the name is not the one that the list has for this number" "名称与该编号不符" "correct the number or the name" "请更正编号或名称";
    THING_OTHER_CODE = Suspect Contradiction "the code is not the one that the list has for this number" "代码与该编号不符" "correct one of them" "请更正其中一处";
    THING_OTHER_OWNER = Suspect Contradiction "number and name belong to two rows of the list; the record stays undecided with both" "编号与名称分属两行，归属未定" "correct the number or the name" "请更正编号或名称";
    THINGS_FROM_RECORDS = Info Missing "there is no list of them: they were taken from the records" "没有名单，对象取自记录" "add a sheet that lists them" "请补充名单";
    THING_ROWS_DIFFER = Suspect Contradiction "rows of one number or name say different things: what they disagree on is unknown" "编号或名称相同的各行内容不一致，不一致之处按未知处理" "add a sheet that lists them, or make the rows agree" "请补充名单，或统一各行内容";
    THINGS_BY_NAME = Info Suspect "without numbers, records of the same name were taken together" "缺少编号，同名记录合并处理" "fill in the numbers" "请填写编号";

    OWNER_OPEN = Suspect SetAside "the row may belong to several records of one owner; it stays undecided with each" "该行可归属同一对象的多条记录，归属未定" "add the columns that tell the records apart, such as the first day" "请补充可以区分各条记录的列，如开始日期";
    OF_TOO_MANY = Blocking SetAside "the row fits more records or people than it can stay undecided with: it was left out, and is missing from one of them" "该行可归属的对象过多，无法逐一待定，未采用，其中一个对象因此缺少该记录" "add the columns that tell them apart, such as a number or the first day" "请补充可以区分的列，如编号或开始日期";
    NO_OWNER_RECORD = Suspect SetAside "a row whose owner has no record that it could belong to" "所属记录不存在的行" "add the record that it belongs to" "请补充其所属的记录";
    NOT_AMONG_SHARED = Info Missing "the region or institution that the row names is not on the sheet of them: nothing more is known of it" "所填地区或机构不在相应工作表中，其详细内容未知" "add it there, or correct its number or name" "请在该表中补充，或更正编号、名称";
    ONLY_OWNER = Info Suspect "no column says whose the rows are: they were taken as those of the only one there is" "没有归属列，按唯一对象处理" "add a column with the number or the name" "请补充编号或名称列";
    SEVERAL_FOR_ONE = Suspect Contradiction "several rows where there can be one: which one holds cannot be told" "应只有一行却有多行，无法判断以哪一行为准" "keep the row that is meant" "请只保留应采用的一行";
    ROW_AND_SHEET = Suspect Contradiction "this sheet and the row of its owner disagree: the value is unknown" "本表与所属对象一行的内容不一致，按未知处理" "correct one of them" "请更正其中一处";
    SEVERAL_TWINS = Info Missing "of several records, which one is asked about is not told" "有多条记录，未注明所问的是哪一条" "give the one that is asked about a sheet of its own" "请将所问的一条单独填在其工作表中";
    UNTOUCHED = Info SetAside "the sheet has nothing but its sample row: what it asks for is unknown" "表中只有示例行，按未填写处理";
    ABOUT_ELSE = Suspect Header "the sheet seems to be about something else, and was not read" "该工作表似为其他内容，未读取" "name the sheet after what it is about" "请按内容命名工作表";
    TOO_MANY_SHARED = Blocking TooLarge "the records of a region or institution are too many to be told of each; the rest was left out" "共用记录过多，其余未采用" "split the workbook" "请拆分工作簿";

    BEYOND = Suspect Suspect "a cell further right than tables reach was not read" "单元格超出可读取的列范围，未读取" "delete the stray cell, or move its column to the left" "请删除多余的单元格；如有用，请将该列左移";
    BAD_ENCODING = Suspect Suspect "some characters could not be decoded" "部分字符无法解码" "save the file as UTF-8" "请将文件另存为UTF-8编码";
}
