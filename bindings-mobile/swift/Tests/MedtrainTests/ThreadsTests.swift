import Foundation
import Medtrain
import XCTest

final class ThreadsTests: XCTestCase {
    func testManyThreadsAskOneSetAboutFactsOfTheirOwnAndSharedOnes() throws {
        let (question, shared) = (try annual(), try PreparedFacts(doctor(30)))
        let expected = try (0 ..< 8).map { try question.evaluate(doctor(20 + $0)).toJson() }
        let ofShared = try question.evaluate(doctor(30)).toJson()
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            for _ in 0 ..< 25 {
                XCTAssertEqual(try? question.evaluate(doctor(20 + thread)).toJson(), expected[thread])
                XCTAssertEqual(try? question.evaluate(shared).toJson(), ofShared)
            }
        }
    }

    func testThreadsThatAreRefusedHaveTheirOwnProblems() throws {
        let question = try annual()
        DispatchQueue.concurrentPerform(iterations: 64) { thread in
            let activities = (0 ..< thread % 8).map { _ in Activity() } + [Activity(credits: -1)]
            let facts = Facts(practitioner: Practitioner(activities: activities))
            only(.outOfRange, "practitioner.activities[\(thread % 8)].credits") { try question.evaluate(facts) }
        }
    }

    func testTheBuiltInPoliciesAreLoadedOnceByWhoeverComesFirst() {
        let sets = Sets()
        DispatchQueue.concurrentPerform(iterations: 16) { _ in
            if let set = try? PolicySet.builtIn() { sets.add(ObjectIdentifier(set)) }
        }
        XCTAssertEqual(sets.all.count, 1)
    }

    private final class Sets: @unchecked Sendable {
        private let lock = NSLock()
        private var seen = Set<ObjectIdentifier>()

        func add(_ one: ObjectIdentifier) {
            lock.lock()
            defer { lock.unlock() }
            seen.insert(one)
        }

        var all: Set<ObjectIdentifier> { seen }
    }

    func testTasksAndActorsShareQuestionsAndPreparedFacts() async throws {
        let (question, prepared) = (try annual(), try PreparedFacts(doctor(22)))
        let expected = try question.evaluate(doctor(22))
        let verdicts = try await withThrowingTaskGroup(of: Verdict.self) { group in
            for _ in 0 ..< 32 { group.addTask { try question.evaluate(prepared) } }
            return try await group.reduce(into: [Verdict]()) { $0.append($1) }
        }
        XCTAssertEqual(verdicts.count, 32)
        XCTAssertEqual(Set(verdicts), [expected])
        let ledger = Ledger(question: question)
        let ofLedger = try await ledger.verdict(of: doctor(22))
        XCTAssertEqual(ofLedger, expected)
    }

    private actor Ledger {
        private let question: Question

        init(question: Question) { self.question = question }

        func verdict(of facts: Facts) throws -> Verdict { try question.evaluate(facts) }
    }

    func testTheStackOfAPhonesThreadIsEnough() {
        onSmallStack {
            XCTAssertEqual(try? annual().evaluate(doctor(40)).status, .met)
            XCTAssertFalse(((try? annual(asOf: Day(2024, 9, 15)).remedies(doctor(22)))?.remedies ?? []).isEmpty)
            XCTAssertNotNil(try? annual().why(doctor(22)))
            XCTAssertNotNil(try? PolicySet())
        }
    }
}
