import Foundation
import Medtrain
import XCTest

final class TypedUseTests: XCTestCase {
    func testAVerdictIsAValueWithItsReasons() throws {
        let verdict = try annual().evaluate(doctor(22))
        XCTAssertEqual(verdict.status, .unmet)
        XCTAssertEqual(verdict.findings.first { $0.provision == "cq-credits" }?.shortfall, 3)
        XCTAssertTrue(try verdict.explain(.zh)[0].hasPrefix("不达标"))
    }

    func testEveryKindOfStepHasItsCase() throws {
        for step in try annual().remedies(doctor(22)).remedies.flatMap(\.steps) {
            switch step {
            case let .addRecord(step): XCTAssertEqual(step.list, "practitioner.activities")
            case let .setFact(step): XCTAssertFalse(step.path.isEmpty)
            case let .wait(step): XCTAssertFalse(step.closes.isEmpty)
            }
        }
    }

    func testTheScaleOfANumberSaysNothing() throws {
        XCTAssertEqual(try annual().receipt(doctor(22, "1.0")), try annual().receipt(doctor(22, "1.00")))
    }

    func testAReceiptHoldsSoThatTheBytesAreThoseOfRust() throws {
        let receipt = try annual().receipt(doctor(40))
        let same = try verify(receipt.toJson(), doctor(40))
        XCTAssertTrue(same.holds)
        XCTAssertEqual(same.since, [])
    }

    func testFactsFromJsonAreTheObjectsThatOneWouldWrite() throws {
        XCTAssertEqual(try Facts(json: doctor(7).toJson()), doctor(7))
    }

    func testPersonalDataStandsInNoText() {
        XCTAssertFalse("\(doctor(1))".contains("张三"))
        var dumped = ""
        dump(doctor(1), to: &dumped)
        XCTAssertFalse(dumped.contains("张三"), dumped)
    }

    func testEveryProblemIsToldAtOnceWithItsPlace() throws {
        let activities = [Activity(credits: -1), Activity(hours: Decimal.nan, awardedOn: Day(2024, 2, 30))]
        let facts = Facts(practitioner: Practitioner(activities: activities))
        let places = refused { _ = try annual().evaluate(facts) }.map(\.place)
        XCTAssertEqual(
            Set(places),
            ["practitioner.activities[0].credits", "practitioner.activities[1].awarded_on", "practitioner.activities[1].hours"]
        )
    }

    func testValuesWithoutEndAreRefused() throws {
        var value = Value.integer(1)
        for _ in 0 ..< 1000 { value = .many([value]) }
        let facts = Facts(practitioner: Practitioner(extra: ["points": value]))
        XCTAssertEqual(refused { _ = try annual().evaluate(facts) }.map(\.code), [.tooLarge])
    }

    func testManyThreadsAskOneSet() throws {
        let (question, prepared) = (try annual(), try PreparedFacts(doctor(30)))
        let expected = try question.evaluate(doctor(30))
        DispatchQueue.concurrentPerform(iterations: 100) { _ in
            XCTAssertEqual(try? question.evaluate(prepared), expected)
        }
    }
}
