import Foundation

/// What a value is written to: the border, or JSON. A record is `begin`, `name` and a value for each field, `end`; a list is `open`, `item` and a value
/// for each, `close`.
protocol Sink: AnyObject {
    func begin()
    func name(_ name: String)
    func end()
    func open(_ size: Int)
    func item(_ index: Int)
    func close()
    func text(_ text: String)
    func integer(_ number: Int64)
    func truth(_ truth: Bool)
    func nothing()
    func decimal(_ number: Decimal)
    /// Whether no more is taken, since values lie too deep in one another: what lies deeper is not gone through.
    var isFull: Bool { get }
}

extension Sink {
    var isFull: Bool { false }

    func decimal(_ number: Decimal) { text(number.description) }

    func day(_ day: Day) { text(day.description) }

    func list<Item>(_ items: [Item], _ write: (Item) -> Void) {
        if isFull { return nothing() }
        open(items.count)
        for (index, entry) in items.enumerated() {
            item(index)
            write(entry)
        }
        close()
    }

    func values(_ values: Values) {
        if isFull { return nothing() }
        begin()
        for entry in values.entries {
            name(entry.name)
            entry.value.write(to: self)
        }
        end()
    }
}

/// What the tags of the border mean.
enum Tag {
    static let none: UInt8 = 0
    static let isFalse: UInt8 = 1
    static let isTrue: UInt8 = 2
    static let integer: UInt8 = 3
    static let text: UInt8 = 4
    static let code: UInt8 = 5
    static let list: UInt8 = 6
    static let named: UInt8 = 7
    static let placed: UInt8 = 8
    static let end: UInt8 = 0
    static let entry: UInt8 = 1
}

/// Writes what the border reads; values without end are a problem with its place.
final class WireSink: Sink {
    private var bytes: [UInt8]
    private var depth = 0
    private var path: [String] = []
    private var tooDeep: String?
    private var problems: [Problem] = []

    init(after before: [UInt8] = []) {
        bytes = before
        bytes.reserveCapacity(before.count + 1024)
    }

    /// What was written.
    func written() throws -> [UInt8] {
        if let place = tooDeep {
            let message = "values lie more than \(WireSink.deepest) deep in one another"
            throw TrainingError(problems + [Problem(code: .tooLarge, place: place, message: message, cure: "give values that end")])
        }
        if !problems.isEmpty { throw TrainingError(problems) }
        return bytes
    }

    /// How deep values may lie in one another, in every language.
    private static let deepest = 64

    func begin() {
        put(Tag.named)
        deeper()
    }

    func name(_ name: String) {
        here(path.count > 1 ? ".\(name)" : name)
        put(Tag.entry)
        bytesOf(name)
    }

    func end() {
        shallower()
        put(Tag.end)
    }

    func open(_ size: Int) {
        put(Tag.list)
        number(UInt64(size))
        deeper()
    }

    func item(_ index: Int) { here("[\(index)]") }

    func close() { shallower() }

    func text(_ text: String) {
        put(Tag.text)
        bytesOf(text)
    }

    func integer(_ number: Int64) {
        put(Tag.integer)
        self.number(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    func decimal(_ number: Decimal) {
        if let meant = number.meantInBinary {
            let message = "expected an exact number, got \(number), which a binary number became"
            problems.append(Problem(code: .inexactNumber, place: path.joined(), message: message, cure: "write Decimal(string: \"\(meant)\")"))
        }
        text(number.description)
    }

    func truth(_ truth: Bool) { put(truth ? Tag.isTrue : Tag.isFalse) }

    func nothing() { put(Tag.none) }

    var isFull: Bool { tooDeep != nil }

    private func deeper() {
        depth += 1
        path.append("")
        if depth > WireSink.deepest, tooDeep == nil { tooDeep = path.joined() }
    }

    private func shallower() {
        depth -= 1
        path.removeLast()
    }

    private func here(_ name: String) {
        if !path.isEmpty { path[path.count - 1] = name }
    }

    private func put(_ byte: UInt8) { bytes.append(byte) }

    private func number(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            put(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        put(UInt8(rest))
    }

    private func bytesOf(_ text: String) {
        let utf8 = text.utf8
        number(UInt64(utf8.count))
        bytes.append(contentsOf: utf8)
    }
}

extension Decimal {
    /// The number that was meant where it is what becomes of a `Double`: Swift reads `0.47` in its source as one, and makes 0.4699999999999998976 of it.
    ///
    /// What has fewer than sixteen digits behind the point is as it was written.
    var meantInBinary: Decimal? {
        guard exponent < -15, isFinite, let binary = Double(description) else { return nil }
        var (number, short) = (self, Decimal())
        let before = binary.magnitude < 1 ? 0 : Int(log10(binary.magnitude)) + 1
        NSDecimalRound(&short, &number, 15 - before, .plain)
        for candidate in [Double(short.description) ?? binary, binary, binary.nextUp, binary.nextDown] where Decimal(candidate) == self { return short }
        return nil
    }
}
