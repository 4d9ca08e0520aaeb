import Foundation
import Medtrain
import XCTest

/// What is answered beside the verdict, and what an app does with it.
final class AnswersTests: XCTestCase {
    func testEveryStatusHasItsBranch() throws {
        let word = switch try annual().evaluate(doctor(40)).status {
        case .met: "met"
        case .unmet: "unmet"
        case .waivable: "waivable"
        case .notApplicable: "not applicable"
        case .unknown: "unknown"
        }
        XCTAssertEqual(word, "met")
    }

    func testRemediesAreFoundEachWithItsStepsAndToldInBothLanguages() throws {
        let question = try annual(asOf: Day(2024, 9, 15))
        let remedies = try question.remedies(doctor(22))
        XCTAssertEqual(remedies.state, .found)
        let places = remedies.remedies.flatMap(\.steps).map { step in
            switch step {
            case let .addRecord(step): return step.list
            case let .setFact(step): return step.path
            case let .wait(step): return step.until.description
            }
        }
        XCTAssertTrue(places.contains("practitioner.activities"), "\(places)")
        XCTAssertTrue(try question.explain(remedies, .zh)[0].contains("学分"))
        XCTAssertTrue(try question.explain(remedies, .en)[0].contains("credits"))
    }

    func testTheScaleOfANumberSaysNothing() throws {
        let ones = ["1", "1.0", "1." + String(repeating: "0", count: 27), "10e-1"].map { doctor(22, $0) }
        for one in ones {
            XCTAssertEqual(try annual().evaluate(one).toJson(), try annual().evaluate(ones[0]).toJson())
            XCTAssertEqual(try annual().receipt(one), try annual().receipt(ones[0]))
            XCTAssertEqual(one.toJson(), ones[0].toJson())
        }
    }

    func testAReceiptSaysSoWhenTheFactsAreOthersOrItWasAltered() throws {
        let receipt = try annual().receipt(doctor(40))
        let same = try verify(receipt, doctor(40))
        XCTAssertTrue(same.holds)
        XCTAssertEqual(same.today, receipt)
        let other = try verify(receipt.toJson(), doctor(3))
        XCTAssertEqual([other.holds], [false])
        XCTAssertEqual(other.since, [.otherFacts])
        XCTAssertTrue(other.changes.contains { $0.path == "status" && $0.was == "met" && $0.now == "unmet" })
        XCTAssertEqual(try PolicySet.builtIn().verify(receipt: receipt, facts: doctor(3)), other)
        let altered = try verify(receipt.toJson().replacingOccurrences(of: "\"met\"", with: "\"unmet\""), doctor(40))
        XCTAssertTrue(altered.since.contains(.receiptAltered))
        var spoiled = receipt
        spoiled.verdict.status = .unmet
        XCTAssertTrue(try verify(spoiled, doctor(40)).since.contains(.receiptAltered))
    }

    func testWhatWasRecordedLaterIsLeftOutOfWhatWasKnown() throws {
        var facts = doctor(2)
        facts.practitioner?.activities?[0].recordedAt = Day(2024, 5, 1)
        facts.practitioner?.activities?[1].recordedAt = Day(2024, 5, 3)
        let question = try annual(knownOn: Day(2024, 5, 2))
        XCTAssertEqual(question.knownOn, Day(2024, 5, 2))
        XCTAssertEqual(question.given, ["year": .integer(2024)])
        XCTAssertEqual(try question.evaluate(facts).records.count, 1)
        XCTAssertEqual(try question.evaluate(PreparedFacts(facts)), try question.evaluate(facts))
        XCTAssertEqual(try question.evaluate(facts).knownOn, Day(2024, 5, 2))
        XCTAssertEqual(try annual().evaluate(facts).records.count, 2)
        XCTAssertNil(try annual().evaluate(facts).knownOn)
    }

    func testEveryAnswerCanBeAboutWhatWasKnownOnADay() throws {
        var facts = doctor(30)
        for index in 0 ..< 30 { facts.practitioner?.activities?[index].recordedAt = Day(2024, 3, 1 + index % 28) }
        let (year, asOf, knownOn): (Values, Day, Day) = (["year": .integer(2024)], Day(2024, 9, 15), Day(2024, 3, 10))
        let question = try annual(asOf: asOf, knownOn: knownOn)
        XCTAssertEqual(try evaluate("cq-annual-cme", facts, given: year, asOf: asOf, knownOn: knownOn), try question.evaluate(facts))
        XCTAssertEqual(try remedies("cq-annual-cme", facts, given: year, asOf: asOf, knownOn: knownOn), try question.remedies(facts))
        XCTAssertNotEqual(try question.remedies(facts), try annual(asOf: asOf).remedies(facts))
        XCTAssertEqual(try whatIf("cq-annual-cme", facts, doctor(40), given: year, asOf: asOf, knownOn: knownOn), try question.whatIf(facts, doctor(40)))
        XCTAssertEqual(try receipt("cq-annual-cme", facts, given: year, asOf: asOf, knownOn: knownOn), try question.receipt(facts))
        XCTAssertEqual(try question.receipt(facts).verdict.knownOn, knownOn)
    }

    func testWhatIfSaysWhatFlipsAndWhySaysWhatItHangsOn() throws {
        let whatIf = try annual().whatIf(doctor(22), doctor(40))
        XCTAssertEqual([whatIf.before, whatIf.after], [.unmet, .met])
        XCTAssertTrue(whatIf.records.contains { $0.before == nil && $0.after != nil })
        XCTAssertTrue(try annual().explainWhatIf(doctor(22), doctor(40), .en)[0].contains("met"))
        XCTAssertFalse(try annual().why(doctor(22)).findings.isEmpty)
        XCTAssertFalse(try annual().portions(doctor(22)).findings.isEmpty)
        XCTAssertTrue(try annual().labels().provisions.contains { $0.provision == "cq-credits" })
    }

    func testPoliciesAreListedWithTheirDaysOfAYear() throws {
        let set = try PolicySet.builtIn()
        XCTAssertTrue(try set.policies().contains { $0.id == "cq-2017-25" })
        XCTAssertTrue(try set.provisions().contains { $0.id == "cq-credits" })
        XCTAssertEqual(try set.decisions().first { $0.id == "cq-annual-cme" }?.given.map(\.name), ["year"])
        let days = try calendar("cq-2017-25", year: 2024)
        XCTAssertFalse(days.isEmpty)
        XCTAssertTrue(days.allSatisfy { $0.from.year == 2024 })
        XCTAssertEqual(try set.calendar(policy: "cq-2017-25", year: 2024), days)
    }

    func testAHostAddsPoliciesOfItsOwn() throws {
        let question = try ownCheck()
        XCTAssertEqual(try question.evaluate(points(.decimal(Decimal(string: "10.50")!))).status, .met)
        XCTAssertEqual(try question.evaluate(points(.integer(10))).status, .unmet)
        XCTAssertEqual(try question.evaluate(PreparedFacts(points(.integer(11)))).status, .met)
        only(.wrongType, "practitioner.extra.points") { try question.evaluate(points(.text("many"))) }
        let file = PolicyFile(name: "own.toml", text: own)
        XCTAssertTrue(try PolicySet(files: [file]).policies().contains { $0.id == "cq-2017-25" })
        XCTAssertEqual(try PolicySet(files: [file], builtIn: false).policies().map(\.id), ["own"])
        XCTAssertFalse(try PolicySet(without: ["cq-2017-25"]).policies().contains { $0.id == "cq-2017-25" })
        let difference = try PolicySet.difference(old: file, new: PolicyFile(name: "b", text: own.replacingOccurrences(of: "> 10", with: "> 12")))
        guard case let .figure(figure)? = difference.provisions.first?.changes.first else { return XCTFail("\(difference)") }
        XCTAssertEqual([figure.old, figure.new], ["10", "12"])
        XCTAssertTrue(try PolicySet.lint([file]).toJson().hasPrefix("{\"files\":[{"))
    }

    func testALayerIsToldByTheSetThatHasIt() throws {
        let text = own.replacingOccurrences(of: "[[decision]]\nid = \"own-check\"\nsubject = \"practitioner\"", with: "[[addition]]\ndecision = \"cq-annual-cme\"")
        let set = try PolicySet(files: [PolicyFile(name: "own.toml", text: text)])
        let verdict = try evaluate("cq-annual-cme", doctor(40), given: ["year": .integer(2024)], asOf: Day(2024, 11, 15), policies: set)
        XCTAssertEqual(verdict.layers.map(\.id), ["own"])
        XCTAssertEqual(verdict.status, .unknown)
        XCTAssertTrue(try verdict.explain(.en, policies: set).joined().contains("points"))
        XCTAssertEqual(try annual().evaluate(doctor(40)).status, .met)
    }

    func testEveryQuestionIsAskedOfTheSetThatIsNamed() throws {
        let none = try PolicySet(builtIn: false)
        let (day, year): (Day, Values) = (Day(2024, 11, 15), ["year": .integer(2024)])
        let sealed = try annual().receipt(doctor(1))
        let asks: [() throws -> Any] = [
            { try evaluate("cq-annual-cme", doctor(1), given: year, asOf: day, policies: none) },
            { try remedies("cq-annual-cme", doctor(1), given: year, asOf: day, policies: none) },
            { try whatIf("cq-annual-cme", doctor(1), doctor(2), given: year, asOf: day, policies: none) },
            { try receipt("cq-annual-cme", doctor(1), given: year, asOf: day, policies: none) },
            { try calendar("cq-2017-25", year: 2024, policies: none) },
            { try sealed.verdict.explain(.zh, policies: none) },
            { try sealed.verdict.headline(.zh, policies: none) },
        ]
        for ask in asks { XCTAssertEqual(refused { try ask() }.map(\.code), [.unknownName]) }
        let verified = [{ try verify(sealed, doctor(1), policies: none) }, { try verify(sealed.toJson(), doctor(1), policies: none) }] as [() throws -> Verification]
        for verify in verified { XCTAssertFalse((try? verify().holds) ?? false) }
    }

    func testTheHeadlineIsTheFirstOfTheSentences() throws {
        let verdict = try annual().evaluate(doctor(22))
        for lang in Lang.allCases { XCTAssertEqual(try verdict.headline(lang), try verdict.explain(lang).first) }
    }

    func testWholeNumbersOf64BitsAreWholeNumbers() throws {
        let text = own.replacingOccurrences(of: "\"decimal\"", with: "\"integer\"").replacingOccurrences(of: "> 10", with: ">= 1000000000000000000")
        let question = try ownCheck(text)
        for number in [1_000_000_000_000_000_000, Int64.max] { XCTAssertEqual(try question.evaluate(points(.integer(number))).status, .met) }
        for number in [999_999_999_999_999_999, Int64.min] { XCTAssertEqual(try question.evaluate(points(.integer(number))).status, .unmet) }
        only(.outOfRange, "practitioner.extra.points") { try question.evaluate(points(.decimal(Decimal(string: "9223372036854775808")!))) }
        for number in [Int64.max, .min] {
            XCTAssertEqual(points(.integer(number)).toJson(), #"{"practitioner":{"extra":{"points":\#(number)}}}"#)
            XCTAssertEqual(try Facts(json: points(.integer(number)).toJson()), points(.integer(number)))
        }
    }

    func testEveryCodeHasItsNameInBothLanguages() {
        XCTAssertEqual(SubjectKind.professional.rawValue, "professional")
        XCTAssertEqual(SubjectKind(rawValue: "public"), .public)
        XCTAssertTrue(TitleGrade.allCases.allSatisfy { !$0.zh.isEmpty && !$0.en.isEmpty })
    }

    func testPersonalDataStandsInNoTextAndTheRestDoes() {
        let text = "\(doctor(1))"
        XCTAssertFalse(text.contains("张三"), text)
        XCTAssertTrue(text.contains("1001") && text.contains("name: (masked)"), text)
        XCTAssertFalse(String(reflecting: doctor(1)).contains("张三"))
        XCTAssertFalse(String(reflecting: Optional(doctor(1).practitioner)).contains("张三"))
    }
}
