import Foundation
import Medtrain
import XCTest

/// What an app writes down, and what becomes of it.
final class LiteralsTests: XCTestCase {
    func testABinaryNumberIsRefusedWithTheNumberThatWasMeant() {
        for number in [0.47, 0.07, 3.133, Decimal(0.1 + 0.2)] as [Decimal] {
            let problems = refused { try annual().evaluate(having(Activity(credits: number))) }
            XCTAssertEqual(problems.map { "\($0.code.rawValue) \($0.place)" }, ["inexact_number practitioner.activities[0].credits"], "\(number)")
        }
        XCTAssertTrue(refused { try annual().evaluate(having(Activity(credits: 0.47))) }.first?.cure?.contains("\"0.47\"") ?? false)
        let places = refused { try annual(given: ["year": .decimal(0.47)]).evaluate(having(Activity(credits: 0.07, hours: 0.14))) }.map(\.place)
        XCTAssertEqual(places, ["given.year"])
        XCTAssertEqual(
            refused { try annual().whatIf(having(Activity(credits: 0.07)), having(Activity(hours: 0.14))) }.map(\.place),
            ["practitioner.activities[0].credits", "practitioner.activities[0].hours"]
        )
        for number in [21.5, 0.1, 24.9, 25, 1e15] as [Decimal] { XCTAssertNoThrow(try annual().evaluate(having(Activity(credits: number)))) }
        for number in ["0.47", "0.1234567890123456789", "0.3333333333333333333333333333", "24.99999999999999999"] {
            XCTAssertNoThrow(try annual().evaluate(having(Activity(credits: Decimal(string: number)))), number)
        }
    }

    func testAWholeNumberIsAWholeNumberHoweverItIsWritten() throws {
        for year in [2024, Decimal(string: "2024.000")!, Decimal(string: "2.024e3")!] {
            XCTAssertEqual(try annual(given: ["year": .decimal(year)]).evaluate(doctor(1)).given, ["year": .integer(2024)])
        }
        for year in [Decimal(string: "18446744073709551616")!, Decimal(string: "1e27")!, Decimal(string: "-9223372036854775809")!] {
            only(.outOfRange, "given.year") { try annual(given: ["year": .decimal(year)]).evaluate(doctor(1)) }
        }
        let whole = try ownCheck(own.replacingOccurrences(of: "\"decimal\"", with: "\"integer\""))
        XCTAssertEqual(try whole.evaluate(points(.decimal(11))).status, .met)
        XCTAssertEqual(points(.decimal(Decimal(string: "1e3")!)).toJson(), points(.integer(1000)).toJson())
    }

    func testValuesAreWrittenAsSwiftWritesThem() throws {
        XCTAssertEqual(["year": 2024, "ids": ["a", true]] as Values, ["year": .integer(2024), "ids": .many([.text("a"), .truth(true)])])
        XCTAssertEqual(Values(["b": 1, "a": "x"]), ["a": "x", "b": 1])
        XCTAssertEqual("\(["year": 2024, "day": .day(Day(2024, 1, 1))] as Values)", "[year: 2024, day: 2024-01-01]")
        XCTAssertEqual((["a": 1, "b": 2] as Values).map(\.name), ["a", "b"])
        XCTAssertTrue(Values().isEmpty)
    }

    func testManyNamesAreReadInNoTimeAndNoneIsLost() throws {
        let names = (0 ..< 100_000).map { "\"n\($0)\":\($0)" }.joined(separator: ",")
        let facts = try Facts(json: #"{"practitioner":{"extra":{\#(names)}}}"#)
        XCTAssertEqual(facts.practitioner?.extra.entries.count, 100_000)
        let alike = "{\"practitioner\":{\"extra\":{\"e\u{301}\":1,\"\u{e9}\":2}}}"
        XCTAssertEqual(Array(try Facts(json: alike).toJson().utf8), Array(alike.utf8))
    }

    func testDeepValuesAreRefusedOnTheThreadOfAPhone() {
        onSmallStack {
            let deep = (0 ..< 1500).reduce(Value.integer(1)) { inner, _ in .many([inner]) }
            XCTAssertEqual(refused { try annual().evaluate(points(deep)) }.map(\.code), [.tooLarge])
            XCTAssertEqual(refused { try annual(given: ["year": deep]) }.map(\.code), [.tooLarge])
        }
    }

    func testADayIsItsTextToOtherCode() throws {
        XCTAssertEqual(String(decoding: try JSONEncoder().encode([Day(2024, 2, 9)]), as: UTF8.self), #"["2024-02-09"]"#)
        XCTAssertEqual(try JSONDecoder().decode([Day].self, from: Data(#"["2024-02-09"]"#.utf8)), [Day(2024, 2, 9)])
        XCTAssertThrowsError(try JSONDecoder().decode([Day].self, from: Data(#"["9.2.2024"]"#.utf8)))
        XCTAssertNil(Day("+024-+1-+1"))
        let zones = ["Asia/Shanghai", "America/Los_Angeles"].compactMap(TimeZone.init(identifier:))
        XCTAssertEqual(zones.map { Day(Date(timeIntervalSince1970: 1_704_060_000), in: $0) }, [Day(2024, 1, 1), Day(2023, 12, 31)])
    }

    func testAnErrorTellsItselfToPeople() {
        do {
            _ = try annual(asOf: Day(2024, 2, 30)).evaluate(doctor(1))
        } catch {
            XCTAssertTrue(error.localizedDescription.contains("2024-02-30"), error.localizedDescription)
        }
    }
}
