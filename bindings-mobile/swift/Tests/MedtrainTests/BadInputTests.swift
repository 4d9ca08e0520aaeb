import Foundation
import Medtrain
import XCTest

final class BadInputTests: XCTestCase {
    private let credits = "practitioner.activities[0].credits"

    func testWhatIsWrongWithTheQuestionAndWithTheFactsIsToldAtOnceTheQuestionFirst() throws {
        let (facts, others) = (having(Activity(credits: -1)), having(Activity(hours: -1)))
        let asks: [(Question) throws -> Any] = [
            { try $0.evaluate(facts) }, { try $0.remedies(facts) }, { try $0.why(facts) }, { try $0.portions(facts) }, { try $0.receipt(facts) },
        ]
        for ask in asks {
            XCTAssertEqual(refused { try ask(annual(given: [:])) }.map(\.place), ["given.year", credits])
            XCTAssertEqual(refused { try ask(annual(given: ["year": .text("x"), "yaer": .integer(1)])) }.map(\.place), ["given.yaer", "given.year", credits])
        }
        let both = ["given.year", credits, "practitioner.activities[0].hours"]
        XCTAssertEqual(refused { try annual(given: [:]).whatIf(facts, others) }.map(\.place), both)
        XCTAssertEqual(refused { try annual(given: [:]).explainWhatIf(facts, others, .en) }.map(\.place), both)
        XCTAssertEqual(refused { try annual(asOf: Day(10000, 1, 1), knownOn: Day(0, 1, 1)).evaluate(facts) }.map(\.place), ["as_of", "known_on", credits])
    }

    func testNumbersBeyondAllBoundsAreRefused() {
        let digits = String(repeating: "9", count: 29)
        for number in [digits, "0.\(digits)", "1e28", "1e127", "1e-29", "1e-127", "99999999999999999999999999999999999999"] {
            only(.outOfRange, credits) { try annual().evaluate(having(Activity(credits: Decimal(string: number)))) }
        }
        for number in [Decimal.greatestFiniteMagnitude, .leastFiniteMagnitude, .leastNonzeroMagnitude] {
            only(.outOfRange, credits) { try annual().evaluate(having(Activity(credits: number))) }
        }
        only(.wrongType, credits) { try annual().evaluate(having(Activity(credits: .nan))) }
        only(.wrongType, "given.year") { try annual(given: ["year": .decimal(.nan)]).evaluate(doctor(1)) }
    }

    func testADecimalCrossesDigitByDigit() throws {
        for number in ["0.1", "21.5", "0.1234567890123456789012345678", "123456789012345.0123456789012", "999999999999999", "7", "-0"] {
            let facts = having(Activity(credits: Decimal(string: number)))
            let text = number == "-0" ? "0" : number
            XCTAssertEqual(facts.toJson(), #"{"practitioner":{"activities":[{"credits":"\#(text)"}]}}"#)
            XCTAssertEqual(try Facts(json: facts.toJson()), facts)
            let records = having(Activity(credits: Decimal(string: number), professionRelated: true, electronic: true, awardedOn: Day(2024, 5, 1)))
            let actual = try annual().evaluate(records).findings.first { $0.provision == "cq-credits" }?.actual
            XCTAssertEqual(actual?.description, text)
        }
    }

    func testAWholeNumberThatIsTooLargeIsRefused() {
        for number in [Int64.max, .min, -1, 4_294_967_296] {
            let facts = Facts(practitioner: Practitioner(institution: Institution(staffCount: number)))
            only(.outOfRange, "practitioner.institution.staff_count") { try annual().evaluate(facts) }
        }
    }

    func testADayThatDoesNotExistIsRefusedWhereverItStands() throws {
        let days = [
            Day(2024, 2, 30), Day(2023, 2, 29), Day(0, 1, 1), Day(10000, 1, 1), Day(-5, 1, 1), Day(2024, 0, 1), Day(2024, 13, 1), Day(2024, 1, -1),
            Day(.min, .min, .min), Day(.max, .max, .max),
        ]
        let verdict = try annual().evaluate(doctor(1))
        for day in days {
            only(.badDate, "practitioner.activities[0].awarded_on") { try annual().evaluate(having(Activity(awardedOn: day))) }
            only(.badDate, "as_of") { try annual(asOf: day).evaluate(doctor(1)) }
            only(.badDate, "known_on") { try annual(knownOn: day).evaluate(doctor(1)) }
            only(.wrongType, "given.year") { try annual(given: ["year": .day(day)]).evaluate(doctor(1)) }
            var other = verdict
            other.asOf = day
            XCTAssertEqual(refused { try other.explain(.en) }.map(\.place), ["as_of"])
            other = verdict
            if day.year == 0 { continue }
            other.findings[0].due = day
            XCTAssertEqual(refused { try other.explain(.en) }.map(\.place), ["findings[0].due"])
        }
        for day in [Day(1, 1, 1), Day(9999, 12, 31), Day(2024, 2, 29)] { XCTAssertNoThrow(try annual(asOf: day).evaluate(doctor(1))) }
    }

    func testTextOfADayIsTenCharacters() {
        for text in ["", "2024-1-01", "2024-01-01 ", "24-01-01", "2024/01/01", "２０２４-01-01", "-001-01-01", "2024-01-01T00:00:00Z"] {
            XCTAssertNil(Day(text), text)
        }
        XCTAssertEqual(Day("2024-02-29"), Day(2024, 2, 29))
        XCTAssertEqual(Day(12, 1, 1).description, "0012-01-01")
        XCTAssertLessThan(Day(2023, 12, 31), Day(2024, 1, 1))
    }

    func testAnyTextOfAPersonComesBackAsItIs() throws {
        for id in ["", "\u{0}", "a\u{0}b", "\r\n", "\u{1f}\u{7f}\u{85}\u{2028}\u{feff}", "\"\\/", "e\u{301}", "\u{e9}", "👩‍⚕️", "\u{10ffff}"] {
            let facts = Facts(practitioner: Practitioner(personId: id))
            XCTAssertEqual(try annual().evaluate(facts).subjectId.map { Array($0.utf8) }, Array(id.utf8))
            XCTAssertEqual(try Facts(json: facts.toJson()).practitioner?.personId.map { Array($0.utf8) }, Array(id.utf8))
        }
        let half = String(decoding: [0xD83D, 0x41] as [UInt16], as: UTF16.self)
        XCTAssertEqual(try annual().evaluate(Facts(practitioner: Practitioner(personId: half))).subjectId, "\u{FFFD}A")
    }

    func testHugeTextsAreAnsweredInNoTime() throws {
        let huge = String(repeating: "中", count: 3_500_000)
        XCTAssertEqual(try annual().evaluate(Facts(practitioner: Practitioner(personId: huge))).subjectId?.utf8.count, 10_500_000)
        XCTAssertEqual(refused { try evaluate(huge, doctor(1), asOf: Day(2024, 1, 1)) }.map(\.place), ["decision"])
        XCTAssertEqual(refused { try Facts(json: huge) }.map(\.place), ["facts"])
        XCTAssertEqual(refused { try verify(huge, doctor(1)) }.map(\.place), ["receipt"])
        XCTAssertFalse(refused { try PolicySet(files: [PolicyFile(name: "huge.toml", text: huge)]) }.isEmpty)
        let nothings = points(.many(Array(repeating: .nothing, count: 200_000)))
        only(.unknownName, "practitioner.extra.points") { try annual().evaluate(nothings) }
    }

    func testValuesLieAsDeepInOneAnotherAsInOtherLanguages() {
        func nested(_ levels: Int) -> Value { (0 ..< levels).reduce(Value.integer(1)) { inner, _ in .many([inner]) } }
        // The facts, the practitioner and what is its own lie around it.
        only(.unknownName, "practitioner.extra.points") { try annual().evaluate(points(nested(61))) }
        for levels in [62, 1000] {
            only(.tooLarge, "practitioner.extra.points" + String(repeating: "[0]", count: 61)) { try annual().evaluate(points(nested(levels))) }
            only(.tooLarge, "practitioner.extra.points" + String(repeating: "[0]", count: 61)) { try PreparedFacts(points(nested(levels))) }
        }
        XCTAssertTrue(refused { try annual(given: ["year": nested(1000)]) }[0].place.hasPrefix("given.year[0][0]"))
        XCTAssertEqual(refused { try annual().evaluate(points(nested(1000))) }[0].cure, "give values that end")
    }

    func testWhatIsGivenIsChecked() {
        let ask = { (given: Values) in try annual(given: given).evaluate(doctor(1)) }
        only(.missing, "given.year") { try ask([:]) }
        for year in [Value.text("2024"), .text("２０２４"), .truth(true), .many([.integer(2024)]), .record(["year": .integer(2024)]), .nothing] {
            only(.wrongType, "given.year") { try ask(["year": year]) }
        }
        only(.wrongType, "given.year") { try ask(["year": .decimal(Decimal(string: "2024.5")!)]) }
        for year in [Int64.min, .max, 0, 10000] { only(.outOfRange, "given.year") { try ask(["year": .integer(year)]) } }
        only(.unknownName, "given.yaer") { try ask(["year": .integer(2024), "yaer": .integer(1)]) }
    }

    func testWhatNoPolicyDeclaresIsRefusedAndTheNearestIsNamed() {
        only(.unknownName, "practitioner.extra.credts") { try annual().evaluate(Facts(practitioner: Practitioner(extra: ["credts": .integer(1)]))) }
        let absent = refused { try annual().evaluate(Facts(practitioner: Practitioner(unknown: ["title_grad"]))) }
        XCTAssertEqual(absent.map(\.code), [.unknownName])
        XCTAssertTrue(absent[0].cure?.contains("title_grade") ?? false)
        XCTAssertEqual(refused { try evaluate("cq-anual-cme", doctor(1), asOf: Day(2024, 1, 1)) }.map(\.cure), ["did you mean `cq-annual-cme`?"])
        only(.unknownName, "policy") { try calendar("cq-2017", year: 2024) }
        only(.outOfRange, "year") { try calendar("cq-2017-25", year: .min) }
        XCTAssertEqual(refused { try PolicySet(without: ["cq-2017"]) }.map(\.code), [.unknownName])
    }

    func testFactsAboutSomethingElseAreRefused() {
        let other = Facts(institution: Institution())
        only(.missing, "practitioner") { try annual().evaluate(other) }
        only(.missing, "practitioner") { try annual().evaluate(PreparedFacts(other)) }
    }

    func testTextThatIsNoJsonNoPolicyOrNoReceiptSaysWhere() {
        XCTAssertEqual(
            Set(refused { try Facts(json: #"{"practitioner": {"titel": 1, "birth_date": "2024-02-30"}}"#) }.map(\.code)), [.unknownName, .badDate]
        )
        for text in ["", "{", "\u{0}", String(repeating: "[", count: 100_000)] {
            only(.syntax, "facts") { try Facts(json: text) }
            only(.syntax, "receipt") { try verify(text, doctor(1)) }
        }
        only(.inexactNumber, credits) { try Facts(json: #"{"practitioner": {"activities": [{"credits": 21.5}]}}"#) }
        let policy = refused { try PolicySet(files: [PolicyFile(name: "own.toml", text: own.replacingOccurrences(of: "> 10", with: "> ten"))]) }
        XCTAssertTrue(policy[0].place.hasPrefix("own.toml:"), "\(policy)")
        XCTAssertNotNil(policy[0].excerpt)
        let binary = String(decoding: (0 ..< 10_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }, as: UTF8.self)
        for text in ["", "\u{0}", binary, "a = " + String(repeating: "[", count: 10_000)] {
            XCTAssertFalse(refused { try PolicySet(files: [PolicyFile(name: "bad.toml", text: text)]) }.isEmpty)
            XCTAssertFalse(refused { try PolicySet.difference(old: PolicyFile(name: "a", text: text), new: PolicyFile(name: "b", text: own)) }.isEmpty)
            XCTAssertNoThrow(XCTAssertFalse(try PolicySet.lint([PolicyFile(name: "bad.toml", text: text)]).errors.isEmpty))
        }
    }

    func testAnErrorTellsEveryProblemWithItsCodeAndItsCure() {
        do {
            _ = try annual().evaluate(having(Activity(credits: .nan, awardedOn: Day(2024, 2, 30))))
            XCTFail("nothing was refused")
        } catch let error as TrainingError {
            XCTAssertEqual(error.problems.count, 2)
            XCTAssertEqual(error.code, error.problems[0].code)
            XCTAssertTrue("\(error)".contains("[bad_date]") && "\(error)".contains("\n  help: "), "\(error)")
        } catch {
            XCTFail("\(error)")
        }
    }

    func testAVerdictThatSomebodyPutTogetherIsToldOrRefused() throws {
        let verdict = try annual().evaluate(doctor(22))
        var other = verdict
        other.status = .met
        other.findings = []
        XCTAssertTrue(try other.headline(.en).hasPrefix("met"))
        for spoil in [{ $0.decision = "" }, { $0.given = [:] }] as [(inout Verdict) -> Void] {
            other = verdict
            spoil(&other)
            XCTAssertFalse(refused { try other.explain(.zh) }.isEmpty)
        }
        for number in [Decimal.nan, .greatestFiniteMagnitude, .leastNonzeroMagnitude] {
            other = verdict
            for index in other.findings.indices { other.findings[index].shortfall = number }
            XCTAssertFalse(((try? other.explain(.en)) ?? refused { try other.explain(.en) }.map(\.place)).isEmpty)
        }
    }
}
