import Foundation
import Medtrain
import XCTest

/// What lies in the library lives as long as somebody asks it, and is freed then.
final class LifetimeTests: XCTestCase {
    func testAQuestionOutlivesTheNameOfItsSet() throws {
        var set: PolicySet? = try PolicySet(files: [PolicyFile(name: "own.toml", text: own)], builtIn: false)
        weak var freed = set
        var question = try set?.question("own-check", asOf: Day(2024, 6, 30))
        set = nil
        XCTAssertNotNil(freed)
        XCTAssertEqual(try question?.evaluate(points(.integer(11))).status, .met)
        question = nil
        XCTAssertNil(freed)
    }

    func testPreparedFactsAreFreedWhenNobodyHasThem() throws {
        var prepared: PreparedFacts? = try PreparedFacts(doctor(3))
        weak var freed = prepared
        XCTAssertEqual(try annual().evaluate(try XCTUnwrap(prepared)).records.count, 3)
        prepared = nil
        XCTAssertNil(freed)
    }

    func testFactsThatTheirOwnerLetsGoAnswerAboutTheirOwnSubject() throws {
        let question = try annual()
        for round in 0 ..< 100 {
            var prepared: PreparedFacts? = try PreparedFacts(doctor(1, id: "person \(round)"))
            let group = DispatchGroup()
            for _ in 0 ..< 3 {
                let held = prepared
                DispatchQueue.global().async(group: group) {
                    for _ in 0 ..< 5 { XCTAssertEqual(try? held.map { try question.evaluate($0).subjectId }, "person \(round)") }
                }
            }
            prepared = nil
            _ = try (0 ..< 3).map { try PreparedFacts(doctor(1, id: "other \($0)")) }
            group.wait()
        }
    }

    func testWhatIsPreparedIsWhatTheFactsWereThen() throws {
        var facts = doctor(2)
        let prepared = try PreparedFacts(facts)
        facts.practitioner?.activities?.removeAll()
        XCTAssertEqual(try annual().evaluate(prepared).records.count, 2)
        XCTAssertEqual(try annual().evaluate(facts).records.count, 0)
    }

    #if os(Linux)
    func testNothingIsLeftInMemory() throws {
        let (question, facts) = (try annual(), doctor(3))
        func ask(_ times: Int) throws {
            for _ in 0 ..< times {
                let verdict = try question.evaluate(PreparedFacts(facts))
                _ = try verdict.explain(.zh)
                _ = try question.receipt(facts).toJson()
                _ = refused { try question.evaluate(having(Activity(credits: -1))) }
                _ = try Facts(json: facts.toJson())
                _ = try PolicySet(files: [PolicyFile(name: "own.toml", text: own)], builtIn: false)
            }
        }
        func prepare(_ times: Int) throws {
            let many = doctor(40)
            for _ in 0 ..< times { _ = try PreparedFacts(many) }
        }
        try ask(300)
        try prepare(300)
        let before = try resident()
        try ask(1000)
        try prepare(3000)
        XCTAssertLessThan(try resident() - before, 8 << 20)
    }

    /// What lies in memory, in bytes.
    private func resident() throws -> Int {
        let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
        return try XCTUnwrap(Int(pages)) * 4096
    }
    #endif
}
