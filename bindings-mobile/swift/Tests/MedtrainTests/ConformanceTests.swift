import Foundation
import Medtrain
import XCTest

/// The cases that every language runs: JSON becomes typed objects, they are judged, and the typed verdict becomes canonical JSON again.
///
/// A case is `{decision, facts, given, as_of, policy?, expect | error}`. Foundation forgets the order of the keys of `expect` where that is an object;
/// its bytes are compared where it is a text.
final class ConformanceTests: XCTestCase {
    private let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(5).joined(separator: "/")

    func testEachCaseHasTheSameBytesHere() throws {
        let folder = URL(fileURLWithPath: root).appendingPathComponent("tests/cases")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
            let read = try JSONDecoder().decode(Json.self, from: Data(contentsOf: file))
            guard case let .list(cases) = read else {
                try run(read, file.lastPathComponent)
                continue
            }
            for (index, one) in cases.enumerated() { try run(one, "\(file.lastPathComponent) \(index)") }
        }
    }

    private func run(_ one: Json, _ name: String) throws {
        guard case let .object(fields) = one, case let .text(decision)? = fields["decision"], case let .text(asOf)? = fields["as_of"],
              let day = Day(asOf), let facts = fields["facts"]
        else { return XCTFail("\(name) is no case") }
        do {
            var given: Values = [:]
            if case let .object(values)? = fields["given"] {
                for (key, value) in values { given[key] = value.value }
            }
            let policies = try fields["policy"].map { try PolicySet(files: files(of: $0)) } ?? PolicySet.builtIn()
            let typed = try Facts(json: facts.text())
            let verdict = try policies.question(decision, given: given, asOf: day).evaluate(typed)
            if case let .text(expected)? = fields["expect"] {
                XCTAssertEqual(verdict.toJson(), expected, name)
            } else {
                let here = try JSONDecoder().decode(Json.self, from: Data(verdict.toJson().utf8))
                XCTAssertEqual(here, fields["expect"], name)
            }
        } catch let error as TrainingError {
            compare(fields["error"], error.problems, name)
        }
    }

    /// An error is a code, a problem, a list of problems, or these under `problems`.
    private func compare(_ error: Json?, _ problems: [Problem], _ name: String) {
        switch error {
        case let .text(code)?: XCTAssertEqual(problems.first?.code.rawValue, code, name)
        case let .list(expected)?:
            XCTAssertEqual(expected.count, problems.count, name)
            for (one, problem) in zip(expected, problems) { compare(one, [problem], name) }
        case let .object(fields)?:
            if let inner = fields["problems"] { return compare(inner, problems, name) }
            if case let .text(code)? = fields["code"] { XCTAssertEqual(problems.first?.code.rawValue, code, name) }
            if case let .text(place)? = fields["place"] { XCTAssertEqual(problems.first?.place, place, name) }
        default: XCTFail("\(name): \(problems)")
        }
    }

    /// A policy is its text, or the name of its file beside the cases; several are a list.
    private func files(of policy: Json) -> [PolicyFile] {
        switch policy {
        case let .list(several): return several.flatMap(files)
        case let .text(said):
            let paths = ["tests/cases", "tests", "."].map { "\(root)/\($0)/\(said)" }
            let text = said.hasSuffix(".toml") ? paths.lazy.compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }.first : nil
            return [PolicyFile(name: text == nil ? "policy.toml" : said, text: text ?? said)]
        default: return []
        }
    }
}

/// JSON, for the cases alone.
private enum Json: Codable, Equatable {
    case nothing
    case truth(Bool)
    case integer(Int64)
    case text(String)
    case list([Json])
    case object([String: Json])

    init(from decoder: Decoder) throws {
        let read = try decoder.singleValueContainer()
        if read.decodeNil() {
            self = .nothing
        } else if let truth = try? read.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? read.decode(Int64.self) {
            self = .integer(number)
        } else if let text = try? read.decode(String.self) {
            self = .text(text)
        } else if let list = try? read.decode([Json].self) {
            self = .list(list)
        } else {
            self = .object(try read.decode([String: Json].self))
        }
    }

    func encode(to encoder: Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .nothing: try container.encodeNil()
        case let .truth(truth): try container.encode(truth)
        case let .integer(number): try container.encode(number)
        case let .text(text): try container.encode(text)
        case let .list(list): try container.encode(list)
        case let .object(fields): try container.encode(fields)
        }
    }

    func text() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }

    var value: Value {
        switch self {
        case .nothing: return .nothing
        case let .truth(truth): return .truth(truth)
        case let .integer(number): return .integer(number)
        case let .text(text): return .text(text)
        case let .list(list): return .many(list.map(\.value))
        case let .object(fields):
            var values: Values = [:]
            for (name, value) in fields { values[name] = value.value }
            return .record(values)
        }
    }
}
