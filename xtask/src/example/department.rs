//! The hospital: its departments, the kinds of staff in them and their titles.

/// A department: its name, how many staff it has and what its people study.
#[derive(Debug)]
pub(crate) struct Department {
    /// Its name.
    pub(crate) name: &'static str,
    /// How many of the 300 work there.
    pub(crate) staff: usize,
    /// Who works there.
    pub(crate) mix: Mix,
    /// The subjects of its own courses.
    pub(crate) topics: &'static [&'static str],
}

/// Which kinds of staff a department has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mix {
    /// Doctors and nurses.
    Ward,
    /// Pharmacists.
    Pharmacy,
    /// Technicians and a few doctors.
    Technical,
    /// Nurses alone.
    Nursing,
    /// Managers.
    Office,
}

/// A kind of staff, in the words of the column 人员类别.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    /// 医师.
    Doctor,
    /// 护士.
    Nurse,
    /// 药师.
    Pharmacist,
    /// 技师.
    Technician,
    /// 管理.
    Manager,
}

impl Category {
    /// Its word in the roster.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Doctor => "医师",
            Self::Nurse => "护士",
            Self::Pharmacist => "药师",
            Self::Technician => "技师",
            Self::Manager => "管理",
        }
    }

    /// Its titles, from 正高 down to 士级.
    pub(crate) fn titles(self) -> [&'static str; 5] {
        match self {
            Self::Doctor => ["主任医师", "副主任医师", "主治医师", "医师", "医士"],
            Self::Nurse => ["主任护师", "副主任护师", "主管护师", "护师", "护士"],
            Self::Pharmacist => ["主任药师", "副主任药师", "主管药师", "药师", "药士"],
            Self::Technician => ["主任技师", "副主任技师", "主管技师", "技师", "技士"],
            Self::Manager => ["主任医师", "副主任医师", "主管护师", "医师", "护士"],
        }
    }
}

/// The words of the column 职称级别, from the highest down.
pub(crate) const GRADES: [&str; 5] = ["正高", "副高", "中级", "初级（师）", "初级（士）"];

const fn ward(name: &'static str, staff: usize, topics: &'static [&'static str]) -> Department {
    Department { name, staff, mix: Mix::Ward, topics }
}

const fn of(name: &'static str, staff: usize, mix: Mix, topics: &'static [&'static str]) -> Department {
    Department { name, staff, mix, topics }
}

/// The departments, in the order of the roster; 300 staff together.
pub(crate) const DEPARTMENTS: &[Department] = &[
    ward("心血管内科", 16, &["急性冠脉综合征", "慢性心力衰竭", "高血压分级管理", "心房颤动抗凝", "心电图判读"]),
    ward("呼吸与危重症医学科", 16, &["慢阻肺急性加重", "社区获得性肺炎", "无创通气", "肺栓塞", "支气管哮喘"]),
    ward("消化内科", 14, &["消化道出血", "早癌内镜筛查", "肝硬化并发症", "急性胰腺炎", "幽门螺杆菌感染"]),
    ward("神经内科", 14, &["急性缺血性卒中", "癫痫", "帕金森病", "眩晕", "卒中吞咽障碍"]),
    ward("内分泌科", 10, &["糖尿病综合管理", "胰岛素泵应用", "甲状腺结节", "骨质疏松", "糖尿病足"]),
    ward("肾内科", 10, &["血液净化通路", "慢性肾脏病", "腹膜透析", "肾性贫血", "急性肾损伤"]),
    ward("普外科", 16, &["腹腔镜胆囊切除", "胃肠肿瘤", "加速康复外科", "急腹症", "乳腺癌规范化治疗"]),
    ward("骨科", 16, &["髋部骨折", "膝关节置换", "脊柱微创", "骨科静脉血栓预防", "创伤急救"]),
    ward("泌尿外科", 10, &["尿路结石", "前列腺增生", "泌尿系感染", "膀胱肿瘤"]),
    ward("妇产科", 18, &["产后出血", "妊娠期糖尿病", "宫颈癌筛查", "新生儿窒息复苏", "分娩镇痛"]),
    ward("儿科", 16, &["儿童肺炎", "热性惊厥", "儿童用药安全", "新生儿黄疸", "儿童哮喘"]),
    ward("急诊科", 18, &["心肺复苏", "急性中毒", "胸痛中心建设", "多发伤救治", "急诊分诊"]),
    ward("重症医学科", 14, &["脓毒症", "机械通气", "重症营养", "镇痛镇静", "重症超声"]),
    ward("麻醉科", 10, &["困难气道", "围术期疼痛管理", "老年麻醉", "超声引导神经阻滞"]),
    ward("眼科", 7, &["白内障手术", "青光眼", "糖尿病视网膜病变", "干眼"]),
    ward("耳鼻咽喉头颈外科", 7, &["突发性耳聋", "鼻内镜手术", "睡眠呼吸暂停", "喉部疾病"]),
    ward("口腔科", 7, &["根管治疗", "种植修复", "牙周病", "儿童龋病"]),
    ward("中医科", 8, &["针灸适宜技术", "中医经典", "中成药合理应用", "中医护理技术"]),
    ward("康复医学科", 8, &["卒中康复", "骨科术后康复", "心肺康复", "言语治疗"]),
    ward("感染性疾病科", 8, &["慢性乙型肝炎", "结核病", "艾滋病职业暴露", "发热待查"]),
    of("药剂科", 12, Mix::Pharmacy, &["处方审核", "临床药师查房", "抗菌药物监测", "药物不良反应", "静脉用药调配"]),
    of("检验科", 12, Mix::Technical, &["血细胞形态", "微生物检验", "检验质量控制", "危急值管理", "分子诊断"]),
    of("放射科", 10, Mix::Technical, &["胸部CT", "磁共振新技术", "卒中影像", "对比剂安全", "乳腺影像"]),
    of("超声医学科", 7, Mix::Technical, &["产前超声", "心脏超声", "甲状腺超声", "介入超声"]),
    of("病理科", 4, Mix::Technical, &["免疫组化", "细胞病理", "术中冰冻"]),
    of("护理部", 3, Mix::Nursing, &["护理质量管理", "护理不良事件", "护理教学"]),
    of("公共卫生科", 4, Mix::Technical, &["传染病报告", "预防接种", "慢性病随访"]),
    of("医务科", 3, Mix::Office, &["医疗质量管理", "医疗纠纷预防", "病案首页质量"]),
    of("科教科", 2, Mix::Office, &["继续教育管理", "科研伦理审查", "住院医师教学"]),
];
