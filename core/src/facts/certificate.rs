//! Certificates.

use medtrain_macros::entity;

use super::{CertificateForm, CertificateKind, Extra};
use crate::quantity::Day;

/// A certificate that someone holds.
#[entity(name = "certificate", zh = "证书", en = "certificate")]
pub struct Certificate {
    /// What it attests.
    #[fact(zh = "证书类别", en = "kind of certificate", headers("证书种类", "证书名称"))]
    pub kind: Option<CertificateKind>,
    /// Its number.
    #[fact(zh = "证书号", en = "certificate number", headers("证号", "证书编号"))]
    pub no: Option<String>,
    /// Who issued it.
    #[fact(zh = "颁发单位", en = "issuer", headers("发证机关", "发证单位"))]
    pub issuer: Option<String>,
    /// Day of issue.
    #[fact(zh = "颁发日期", en = "issued on", headers("签发日期", "发证日期"))]
    pub issued_on: Option<Day>,
    /// Last day on which it is valid; left out where it does not expire.
    #[fact(zh = "有效期至", en = "valid until", headers("有效期", "到期日期"), none)]
    pub valid_to: Option<Day>,
    /// Paper or electronic.
    #[fact(zh = "证书形式", en = "form", headers("证书制式"))]
    pub form: Option<CertificateForm>,
    /// Names of fields of which nobody told us, where leaving them out would mean none; behind that of a day, what is known of it: `NAME within 2024-03`.
    pub unknown: Vec<String>,
    /// Names of fields that have no value, where leaving them out would mean unknown.
    pub none: Vec<String>,
    /// Facts that a policy declares itself.
    pub extra: Extra,
}
