import Foundation
import MedtrainBorder

/// A decision on a day with what is given, to be asked of one subject after another; any number of threads can ask it.
public struct Question: Sendable {
    /// The decision asked, such as `cq-annual-cme`.
    public let decision: String
    /// What is given with it, such as the year.
    public let given: Values
    /// The day on which it is asked; it decides which rules are in force.
    public let asOf: Day
    /// The day as known on which facts are taken: what was recorded later is left out.
    public let knownOn: Day?
    private let policies: PolicySet
    private let written: [UInt8]

    init(policies: PolicySet, decision: String, given: Values, asOf: Day, knownOn: Day?) throws {
        self.policies = policies
        self.decision = decision
        self.given = given
        self.asOf = asOf
        self.knownOn = knownOn
        let sink = WireSink()
        sink.begin()
        sink.name("decision"); sink.text(decision)
        sink.name("given"); sink.values(given)
        sink.name("as_of"); sink.day(asOf)
        if let knownOn { sink.name("known_on"); sink.day(knownOn) }
        sink.end()
        written = try sink.written()
    }

    /// The verdict about these facts.
    public func evaluate(_ facts: Facts) throws -> Verdict {
        let asking = try with(facts)
        return try Verdict(from: Source(try asked { try policies.border.evaluate(asked: asking) }))
    }

    /// The verdict about facts that were prepared.
    public func evaluate(_ facts: PreparedFacts) throws -> Verdict {
        try Verdict(from: Source(try asked { try policies.border.evaluateKnown(asked: Data(written), known: facts.border) }))
    }

    /// What can still be done, and when it will be met by itself.
    public func remedies(_ facts: Facts) throws -> Remedies {
        let asking = try with(facts)
        return try Remedies(from: Source(try asked { try policies.border.remedies(asked: asking) }))
    }

    /// What the answer would be otherwise if the facts were others.
    public func whatIf(_ facts: Facts, _ others: Facts) throws -> WhatIf {
        let asking = try with(facts, others)
        return try WhatIf(from: Source(try asked { try policies.border.whatIf(asked: asking) }))
    }

    /// What the answer would be otherwise if the facts were others, in sentences.
    public func explainWhatIf(_ facts: Facts, _ others: Facts, _ lang: Lang) throws -> [String] {
        let asking = try with(facts, others)
        return try asked { try policies.border.explainWhatIf(asked: asking, language: lang.rawValue) }
    }

    /// Why the answer is what it is: every condition taken apart, with its values and the facts they came from.
    public func why(_ facts: Facts) throws -> Why {
        let asking = try with(facts)
        return try Why(from: Source(try asked { try policies.border.why(asked: asking) }))
    }

    /// What the figures of the verdict are made of.
    public func portions(_ facts: Facts) throws -> Portions {
        let asking = try with(facts)
        return try Portions(from: Source(try asked { try policies.border.portions(asked: asking) }))
    }

    /// The verdict with what it rests on, sealed.
    public func receipt(_ facts: Facts) throws -> Receipt {
        let asking = try with(facts)
        return try Receipt(from: Source(try asked { try policies.border.receipt(asked: asking) }))
    }

    /// How people call what it speaks of.
    public func labels() throws -> Labels {
        try Labels(from: Source(try asked { try policies.border.labels(asked: Data(written)) }))
    }

    /// What can still be done in sentences, a line for each alternative and for what nothing helps any more.
    public func explain(_ remedies: Remedies, _ lang: Lang) throws -> [String] {
        let sink = WireSink(after: written)
        remedies.write(to: sink)
        let asking = Data(try sink.written())
        return try asked { try policies.border.explainRemedies(asked: asking, language: lang.rawValue) }
    }

    private func with(_ facts: Facts...) throws -> Data {
        let sink = WireSink(after: written)
        for each in facts { each.write(to: sink) }
        return Data(try sink.written())
    }
}

/// Facts that are checked once and asked about often, by any question and any number of threads.
public final class PreparedFacts: @unchecked Sendable {
    let border: Known

    public init(_ facts: Facts) throws {
        let sink = WireSink()
        facts.write(to: sink)
        let written = Data(try sink.written())
        border = try asked { try Known.read(facts: written) }
    }
}
