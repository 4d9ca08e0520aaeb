import Foundation
import Medtrain
import XCTest

/// The cases that every language runs: JSON becomes typed objects, they are judged, and the typed verdict becomes canonical JSON again.
///
/// `tests/README.md` tells what is in a case, and that each stands on a line of its own.
final class ConformanceTests: XCTestCase {
    func testEachCaseHasTheSameBytesHere() throws {
        XCTAssertGreaterThan(try eachLine(of: "tests/cases", run), 3000)
    }

    func testEachOtherAnswerHasTheSameBytesHere() throws {
        XCTAssertGreaterThan(try eachLine(of: "tests/answers", answer), 10)
    }

    /// Runs the cases of a folder one after the other, and says how many there are.
    private func eachLine(of folder: String, _ run: (Json, String, String) throws -> Void) throws -> Int {
        let files = try FileManager.default.contentsOfDirectory(at: root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        var cases = 0
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where line.hasPrefix("{") {
                let text = line.hasSuffix(",") ? String(line.dropLast()) : String(line)
                try run(try JSONDecoder().decode(Json.self, from: Data(text.utf8)), text, "\(file.lastPathComponent) \(cases)")
                cases += 1
            }
        }
        return cases
    }

    /// What is answered beside the verdict.
    private func answer(_ one: Json, _: String, _ name: String) throws {
        guard case let .object(fields) = one, case let .object(expected)? = fields["answers"] else { return XCTFail("\(name) is no case") }
        var found: [String: String] = [:]
        if case let .text(policy)? = fields["policy_id"], case let .integer(year)? = fields["year"] {
            found["calendar"] = "[" + (try calendar(policy, year: Int32(year)).map { $0.toJson() }.joined(separator: ",")) + "]"
        } else {
            guard case let .text(decision)? = fields["decision"], case let .text(asOf)? = fields["as_of"], let day = Day(asOf) else {
                return XCTFail("\(name) is no case")
            }
            var given: Values = [:]
            if case let .object(values)? = fields["given"] {
                for (key, value) in values { given[key] = value.value }
            }
            let facts = try Facts(json: try fields["facts"]?.text() ?? ""), others = try Facts(json: try fields["others"]?.text() ?? "")
            let question = try PolicySet.builtIn().question(decision, given: given, asOf: day)
            let sealed = try question.receipt(facts).toJson()
            let verdict = try question.evaluate(facts), remedies = try question.remedies(facts)
            func said(_ say: (Lang) throws -> [String]) rethrows -> String { try [say(.zh), say(.en)].map { $0.joined(separator: "\n") }.joined(separator: "\n") }
            found["said"] = try said { try verdict.explain($0) }
            found["remedies"] = remedies.toJson()
            found["remedies_said"] = try said { try question.explain(remedies, $0) }
            found["what_if"] = try question.whatIf(facts, others).toJson()
            found["what_if_said"] = try said { try question.explainWhatIf(facts, others, $0) }
            found["why"] = try question.why(facts).toJson()
            found["portions"] = try question.portions(facts).toJson()
            found["labels"] = try question.labels().toJson()
            found["receipt"] = sealed
            found["verification"] = try verify(sealed, facts).toJson()
            found["verification_of_others"] = try verify(sealed, others).toJson()
        }
        XCTAssertEqual(Set(found.keys), Set(expected.keys), name)
        for (key, text) in found {
            guard case let .object(wanted)? = expected[key] else { continue }
            if let full = wanted["text"] {
                XCTAssertEqual(.text(text), full, "\(name) \(key)")
            } else {
                XCTAssertEqual(.text(sha256(text)), wanted["sha256"], "\(name) \(key): \(text)")
            }
        }
    }

    private func run(_ one: Json, _ line: String, _ name: String) throws {
        guard case let .object(fields) = one, case let .text(decision)? = fields["decision"], case let .text(asOf)? = fields["as_of"],
              let day = Day(asOf)
        else { return XCTFail("\(name) is no case") }
        do {
            var given: Values = [:]
            if case let .object(values)? = fields["given"] {
                for (key, value) in values { given[key] = value.value }
            }
            let policies = try fields["policy"].map { try PolicySet(files: files(of: $0), builtIn: fields["alone"] != .truth(true)) } ?? PolicySet.builtIn()
            var text = try fields["facts"]?.text() ?? ""
            if case let .text(told)? = fields["facts_text"] { text = told }
            let typed = try Facts(json: text)
            var knownOn: Day?
            if case let .text(known)? = fields["known_on"] { knownOn = Day(known) }
            let verdict = try policies.question(decision, given: given, asOf: day, knownOn: knownOn).evaluate(typed)
            XCTAssertNil(fields["error"], name)
            let said = [try verdict.explain(.zh, policies: policies), try verdict.explain(.en, policies: policies)]
            if case let .text(hash)? = fields["sha256"] {
                let told = ([verdict.toJson()] + said.map { $0.joined(separator: "\n") }).joined(separator: "\n")
                XCTAssertEqual(sha256(told), hash, "\(name): \(told)")
            } else {
                // What is expected stands in the line as it is to come out.
                let expected = Data(("\"expect\":" + verdict.toJson()).utf8)
                XCTAssertNotNil(Data(line.utf8).range(of: expected), "\(name): \(verdict.toJson())")
            }
            if case let .object(says)? = fields["says"] {
                XCTAssertEqual(says, ["zh": .list(said[0].map(Json.text)), "en": .list(said[1].map(Json.text))], name)
            }
        } catch let error as TrainingError {
            compare(fields["error"], error.problems, name)
        }
    }

    /// An error is a list of all problems; or a code, or a code and a place, and one of the problems must be so.
    private func compare(_ error: Json?, _ problems: [Problem], _ name: String) {
        if case let .list(all)? = error {
            let found = Set(problems.map { "\($0.code.rawValue) \($0.place)" })
            let expected = all.compactMap { one -> String? in
                guard case let .object(fields) = one, case let .text(code)? = fields["code"], case let .text(place)? = fields["place"] else { return nil }
                return "\(code) \(place)"
            }
            return XCTAssertEqual(found, Set(expected), name)
        }
        var (code, place): (Json?, Json?) = (error, nil)
        if case let .object(fields)? = error { (code, place) = (fields["code"], fields["place"]) }
        let fits = problems.contains { .text($0.code.rawValue) == code && (place == nil || .text($0.place) == place) }
        XCTAssertTrue(fits, "\(name): another error: \(problems)")
    }

    /// A policy is the text of its file; several are a list.
    private func files(of policy: Json) -> [PolicyFile] {
        var texts = [policy]
        if case let .list(several) = policy { texts = several }
        return texts.enumerated().compactMap { place, text in
            guard case let .text(text) = text else { return nil }
            return PolicyFile(name: "policy-\(place).toml", text: text)
        }
    }
}

/// JSON, for the cases alone.
private enum Json: Codable, Equatable {
    case nothing
    case truth(Bool)
    case integer(Int64)
    case number(Decimal)
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
        } else if let number = try? read.decode(Decimal.self) {
            self = .number(number)
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
        case let .number(number): try container.encode(number)
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
        case let .number(number): return .decimal(number)
        case let .text(text): return .text(text)
        case let .list(list): return .many(list.map(\.value))
        case let .object(fields):
            var values: Values = [:]
            for (name, value) in fields { values[name] = value.value }
            return .record(values)
        }
    }
}
