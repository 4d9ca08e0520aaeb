import Foundation
import Medtrain
import XCTest

/// A doctor with as many records, each of these credits.
func doctor(_ records: Int, _ credits: String = "1", id: String = "1001") -> Facts {
    let activities = (0 ..< records).map { index in
        Activity(
            credits: Decimal(string: credits),
            hours: 4,
            subjectKind: index % 6 == 0 ? .public : .professional,
            jobRelated: true,
            professionRelated: true,
            electronic: true,
            awardedOn: Day(2024, 3, 1 + index % 28)
        )
    }
    return Facts(practitioner: Practitioner(personId: id, name: "张三", titleGrade: .intermediate, activities: activities))
}

/// A doctor with these records.
func having(_ activities: Activity...) -> Facts { Facts(practitioner: Practitioner(activities: activities)) }

/// A doctor with this fact of the policy's own.
func points(_ value: Value) -> Facts { Facts(practitioner: Practitioner(extra: ["points": value])) }

/// The question of the year 2024.
func annual(given: Values = ["year": .integer(2024)], asOf: Day = Day(2024, 11, 15), knownOn: Day? = nil) throws -> Question {
    try PolicySet.builtIn().question("cq-annual-cme", given: given, asOf: asOf, knownOn: knownOn)
}

/// The problems with which this is refused.
func refused(file: StaticString = #filePath, line: UInt = #line, _ ask: () throws -> Any) -> [Problem] {
    do {
        let answer = try ask()
        XCTFail("nothing was refused: \(answer)", file: file, line: line)
    } catch let error as TrainingError {
        return error.problems
    } catch {
        XCTFail("\(error)", file: file, line: line)
    }
    return []
}

/// That it is refused with this problem alone.
func only(_ code: ProblemCode, _ place: String, file: StaticString = #filePath, line: UInt = #line, _ ask: () throws -> Any) {
    let problems = refused(file: file, line: line, ask)
    XCTAssertEqual(problems.map { "\($0.code.rawValue) \($0.place)" }, ["\(code.rawValue) \(place)"], "\(problems)", file: file, line: line)
}

/// Runs this on a thread with as small a stack as a phone's.
func onSmallStack(_ work: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
        work()
        done.signal()
    }
    thread.stackSize = 512 * 1024
    thread.start()
    done.wait()
}

/// A policy with a fact of its own.
let own = """
[policy]
id = "own"
number = "1"
issued = 2024-01-01

[[fact]]
subject = "practitioner"
name = "points"
type = "decimal"
zh = "积分"
en = "points"

[[provision]]
id = "own-points"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'extra.points > 10'

[[decision]]
id = "own-check"
subject = "practitioner"
all_of = ["own-points"]
"""

/// The question of that policy, or of another text.
func ownCheck(_ text: String = own) throws -> Question {
    try PolicySet(files: [PolicyFile(name: "own.toml", text: text)], builtIn: false).question("own-check", asOf: Day(2024, 6, 30))
}
