import Foundation
import MedtrainBorder

/// An input that cannot be used, with every problem that was found in it.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The problems, in the order of their places; never empty.
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems
    }

    /// What kind of problem the first one is.
    public var code: ProblemCode? { problems.first?.code }

    public var description: String {
        problems.map { problem in
            let excerpt = problem.excerpt.map { "\n\($0)" } ?? ""
            let cure = problem.cure.map { "\n  help: \($0)" } ?? ""
            return "\(problem.place): \(problem.message) [\(problem.code.rawValue)]\(excerpt)\(cure)"
        }.joined(separator: "\n")
    }
}

extension TrainingError: LocalizedError {
    /// The problems, for `localizedDescription`.
    public var errorDescription: String? { description }
}

/// What the border answers, or throws in the manner of Swift.
func asked<T>(_ ask: () throws -> T) throws -> T {
    do {
        return try ask()
    } catch let Refusal.Refused(problems) {
        let source = Source(problems)
        throw TrainingError(try source.list { try Problem(from: source) })
    }
}

/// An object of facts as text: what is given, and of personal data only that it is.
func shown(_ name: String, _ fields: [(String, Any?)]) -> String {
    let given = fields.compactMap { name, value -> String? in
        guard let value else { return nil }
        if let list = value as? [Any], list.isEmpty { return nil }
        if let values = value as? Values, values.isEmpty { return nil }
        return "\(name): \(value)"
    }
    return "\(name)(\(given.joined(separator: ", ")))"
}

/// In place of personal data.
func masked(_ value: Any?) -> String? { value.map { _ in "(masked)" } }
