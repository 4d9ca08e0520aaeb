import Foundation
import Medtrain
import XCTest

/// The quick start of the README: the lines below are those lines.
final class QuickStartTests: XCTestCase {
    private var printed = ""

    private func print(_ told: Any) {
        printed += "\(told)\n"
    }

    private func quickStart() throws {
        // quick start
        let doctor = Practitioner(
            titleGrade: .intermediate,
            activities: [
                Activity(credits: Decimal(string: "21.5"), hours: 60, professionRelated: true, electronic: true, awardedOn: Day(2024, 5, 10)),
            ]
        )
        let verdict = try evaluate("cq-annual-cme", Facts(practitioner: doctor), given: ["year": .integer(2024)], asOf: Day(2024, 11, 15))
        print(verdict.status)
        for line in try verdict.explain(.en) { print(line) }
        print(verdict.toJson())
        // end
    }

    func testTheQuickStartRunsAndSaysWhatIsMissing() throws {
        try quickStart()
        XCTAssertTrue(printed.hasPrefix("unmet\n"), printed)
        XCTAssertTrue(printed.contains("3.5"), printed)
    }

    func testTheQuickStartIsTheOneOfTheReadmeAndTheGuides() throws {
        let code = try between("        // quick start\n", "        // end", String(contentsOfFile: #filePath, encoding: .utf8))
            .split(separator: "\n").map { $0.dropFirst(8) }.joined(separator: "\n")
        for page in ["README.md", "bindings-mobile/README.md", "docs/guide.zh.md", "docs/guide.en.md"] {
            let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
            let shown = try between("```swift\n", "\n```", text).split(separator: "\n").filter { !$0.hasPrefix("import ") }.joined(separator: "\n")
            XCTAssertEqual(code, shown, page)
        }
    }

    private func between(_ start: String, _ end: String, _ text: String) throws -> String {
        let after = try XCTUnwrap(text.range(of: start)).upperBound
        let before = try XCTUnwrap(text.range(of: end, range: after ..< text.endIndex)).lowerBound
        return String(text[after ..< before])
    }
}
