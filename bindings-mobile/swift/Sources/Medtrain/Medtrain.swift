import Foundation
import MedtrainBorder

/// The verdict of a decision about these facts on a day; as they were known on `knownOn`, if that is said.
public func evaluate(
    _ decision: String, _ facts: Facts, given: Values = [:], asOf: Day, knownOn: Day? = nil, policies: PolicySet? = nil
) throws -> Verdict {
    try (policies ?? PolicySet.builtIn()).question(decision, given: given, asOf: asOf, knownOn: knownOn).evaluate(facts)
}

/// What can still be done about it, and when it will be met by itself; about facts as they were known on `knownOn`, if that is said.
public func remedies(
    _ decision: String, _ facts: Facts, given: Values = [:], asOf: Day, knownOn: Day? = nil, policies: PolicySet? = nil
) throws -> Remedies {
    try (policies ?? PolicySet.builtIn()).question(decision, given: given, asOf: asOf, knownOn: knownOn).remedies(facts)
}

/// What the verdict would be otherwise if the facts were others; both as they were known on `knownOn`, if that is said.
public func whatIf(
    _ decision: String, _ facts: Facts, _ others: Facts, given: Values = [:], asOf: Day, knownOn: Day? = nil, policies: PolicySet? = nil
) throws -> WhatIf {
    try (policies ?? PolicySet.builtIn()).question(decision, given: given, asOf: asOf, knownOn: knownOn).whatIf(facts, others)
}

/// The verdict with what it rests on, sealed, so that it can be checked again years later; about facts as they were known on `knownOn`, if that is said.
public func receipt(
    _ decision: String, _ facts: Facts, given: Values = [:], asOf: Day, knownOn: Day? = nil, policies: PolicySet? = nil
) throws -> Receipt {
    try (policies ?? PolicySet.builtIn()).question(decision, given: given, asOf: asOf, knownOn: knownOn).receipt(facts)
}

/// Whether a receipt still holds on these facts, and what has changed since.
public func verify(_ receipt: Receipt, _ facts: Facts, policies: PolicySet? = nil) throws -> Verification {
    try (policies ?? PolicySet.builtIn()).verify(receipt: receipt, facts: facts)
}

/// Whether a receipt, as JSON, still holds on these facts, and what has changed since.
public func verify(_ receipt: String, _ facts: Facts, policies: PolicySet? = nil) throws -> Verification {
    try (policies ?? PolicySet.builtIn()).verify(receipt: receipt, facts: facts)
}

/// The days that a policy names for a year.
public func calendar(_ policy: String, year: Int32, policies: PolicySet? = nil) throws -> [CalendarEntry] {
    try (policies ?? PolicySet.builtIn()).calendar(policy: policy, year: year)
}

extension Facts {
    /// Facts from JSON text; what is wrong with it is told with every path.
    public init(json: String) throws {
        self = try Facts(from: Source(try asked { try factsOfJson(text: json) }))
    }

    /// The facts as JSON, as every language reads them.
    public func toJson() -> String { written { write(to: $0) } }
}

extension Verdict {
    /// The verdict in sentences, a line each; the result comes first, and what belongs to it is indented.
    public func explain(_ lang: Lang, policies: PolicySet? = nil) throws -> [String] {
        let sink = WireSink()
        write(to: sink)
        let written = Data(try sink.written())
        return try asked { try (policies ?? PolicySet.builtIn()).border.explain(verdict: written, language: lang.rawValue) }
    }

    /// The verdict in one line.
    public func headline(_ lang: Lang, policies: PolicySet? = nil) throws -> String {
        try explain(lang, policies: policies).first ?? ""
    }

    /// The verdict as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension Remedies {
    /// The remedies as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension WhatIf {
    /// What it says as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension Why {
    /// What it says as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension Portions {
    /// The portions as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension Labels {
    /// The labels as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension Verification {
    /// What was verified as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension CalendarEntry {
    /// The day as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension PolicySummary {
    /// The policy as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension ProvisionSummary {
    /// The provision as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension DecisionSummary {
    /// The decision as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension LintReport {
    /// What was found in policy files as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension PolicyDifference {
    /// What one policy file says otherwise than another as canonical JSON: the same bytes in every language.
    public func toJson() -> String { written { write(to: $0) } }
}

extension Receipt {
    /// The receipt as canonical JSON (RFC 8785): one line, keys in order.
    public func toJson() -> String { written(sorted: true) { write(to: $0) } }
}

private func written(sorted: Bool = false, _ write: (JsonSink) -> Void) -> String {
    let sink = JsonSink(sorted: sorted)
    write(sink)
    return sink.json
}
