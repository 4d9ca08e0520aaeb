//! The keys of a policy file, table by table.

/// Every table of a policy file with the keys that it may have; `[define]`, `[words]` and `given` have names of the author's own; of `[words]` this is each entry.
///
/// INVARIANT: the loader reads these keys and no others, which tests of every policy that loads check, and `docs/policy-format.md` explains each.
pub const KEYS: &[(&str, &[&str])] = &[
    ("a policy file", &["policy", "define", "words", "fact", "provision", "decision", "addition"]),
    ("[policy]", &["id", "number", "issuer", "jurisdiction", "issued", "from", "until", "version", "zh", "en"]),
    ("[words]", &["zh", "en"]),
    ("[[fact]]", &["subject", "name", "type", "codes", "ordered", "unit", "non_negative", "attainable", "absent", "zh", "en", "headers"]),
    (
        "[[provision]]",
        &[
            "id",
            "article",
            "subject",
            "modality",
            "kind",
            "from",
            "until",
            "in_force",
            "when",
            "require",
            "part",
            "any_of",
            "all_of",
            "relax",
            "deemed_by",
            "due",
            "deadline",
            "asked_after",
            "amount",
            "amount_unit",
            "amount_zh",
            "amount_en",
            "consequence",
            "detail",
            "date",
            "ledger",
            "name_zh",
            "name_en",
            "zh",
            "en",
            "example",
        ],
    ),
    ("[[provision.part]]", &["id", "modality", "when", "require", "relax", "zh", "en"]),
    ("relax", &["name", "when", "zh", "en"]),
    ("consequence", &["effect", "follows", "open"]),
    ("[[provision.detail]]", &["name", "value", "zh", "en"]),
    ("[[provision.date]]", &["on", "from", "until", "zh", "en"]),
    ("[[provision.example]]", EXAMPLE),
    ("[[decision]]", &["id", "subject", "role", "given", "records", "all_of", "any_of", "consequences", "zh", "en", "example"]),
    ("[[decision.example]]", EXAMPLE),
    ("[[addition]]", &["decision", "given", "all_of"]),
];

const EXAMPLE: &[&str] = &[
    "says",
    "facts",
    "given",
    "as_of",
    "decision",
    "status",
    "actual",
    "required",
    "shortfall",
    "value",
    "unit",
    "deemed_by",
    "relaxation",
    "due",
    "reason",
    "missing",
    "possible",
    "details",
    "counted",
    "excluded",
    "consequence",
    "advice",
];

/// Of the keys of an example, those that say what is asked; all others say what must come out.
const OF_THE_QUESTION: &[&str] = &["says", "facts", "given", "as_of", "decision"];

/// The keys of an example that say what must come out.
pub(super) fn outcomes() -> impl Iterator<Item = &'static str> {
    EXAMPLE.iter().copied().filter(|key| !OF_THE_QUESTION.contains(key))
}

/// Of these, those that are lists.
pub(super) const LISTS: &[&str] = &["missing", "possible", "details", "excluded", "advice"];

/// The keys of a table, unless it has names of the author's own.
pub(in crate::policy) fn of(table: &str) -> Option<&'static [&'static str]> {
    KEYS.iter().find(|(known, _)| *known == table).map(|(_, keys)| *keys)
}
