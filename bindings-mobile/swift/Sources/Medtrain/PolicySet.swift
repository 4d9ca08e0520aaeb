import Foundation
import MedtrainBorder

/// The text of a policy file, and what messages call it.
public struct PolicyFile: Hashable, Sendable {
    /// What messages call it.
    public let name: String
    /// Its text.
    public let text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    var crossing: File { File(name: name, text: text) }
}

/// Policies that are asked together; it does not change, and any number of threads can ask the same one.
public final class PolicySet: @unchecked Sendable {
    let border: Policies

    /// The built-in policies but for those of the ids `without`, or none of them, and then those of `files`.
    public init(files: [PolicyFile] = [], builtIn: Bool = true, without: [String] = []) throws {
        border = try asked { try Policies.load(builtIn: builtIn, without: without, files: files.map(\.crossing)) }
    }

    private static let loaded = Result { try PolicySet() }

    /// The built-in policies.
    public static func builtIn() throws -> PolicySet { try loaded.get() }

    /// Every policy.
    public func policies() throws -> [PolicySummary] {
        let source = Source(try asked { try border.policies() })
        return try source.list { try PolicySummary(from: source) }
    }

    /// Every provision.
    public func provisions() throws -> [ProvisionSummary] {
        let source = Source(try asked { try border.provisions() })
        return try source.list { try ProvisionSummary(from: source) }
    }

    /// Every decision.
    public func decisions() throws -> [DecisionSummary] {
        let source = Source(try asked { try border.decisions() })
        return try source.list { try DecisionSummary(from: source) }
    }

    /// The days that a policy names for a year.
    public func calendar(policy: String, year: Int32) throws -> [CalendarEntry] {
        let source = Source(try asked { try border.calendar(policy: policy, year: year) })
        return try source.list { try CalendarEntry(from: source) }
    }

    /// A decision on a day with what is given, to be asked of one subject after another; of facts as they were known on `knownOn`, if that is said.
    public func question(_ decision: String, given: Values = [:], asOf: Day, knownOn: Day? = nil) throws -> Question {
        try Question(policies: self, decision: decision, given: given, asOf: asOf, knownOn: knownOn)
    }

    /// Whether a receipt still holds on these facts, and what has changed since.
    public func verify(receipt: Receipt, facts: Facts) throws -> Verification { try verify(receipt: receipt.toJson(), facts: facts) }

    /// Whether a receipt, as JSON, still holds on these facts, and what has changed since.
    public func verify(receipt: String, facts: Facts) throws -> Verification {
        let sink = WireSink()
        facts.write(to: sink)
        let written = Data(try sink.written())
        return try Verification(from: Source(try asked { try border.verify(receipt: receipt, facts: written) }))
    }

    /// What is wrong with policy files, or probably not meant.
    public static func lint(_ files: [PolicyFile]) throws -> LintReport {
        try LintReport(from: Source(try asked { try MedtrainBorder.lint(files: files.map(\.crossing)) }))
    }

    /// What one policy file says otherwise than another.
    public static func difference(old: PolicyFile, new: PolicyFile) throws -> PolicyDifference {
        try PolicyDifference(from: Source(try asked { try MedtrainBorder.difference(old: old.crossing, new: new.crossing) }))
    }
}
