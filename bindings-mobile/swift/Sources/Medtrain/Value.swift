import Foundation

/// A value whose type a policy says: what is given with a question, and facts that a policy declares itself. There are no binary numbers.
public indirect enum Value: Hashable, Sendable {
    /// Text, or a code.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// An exact number.
    case decimal(Decimal)
    /// True or false.
    case truth(Bool)
    /// A civil date.
    case day(Day)
    /// A list.
    case many([Value])
    /// Values by name.
    case record(Values)
    /// That there is none.
    case nothing

    func write(to sink: some Sink) {
        switch self {
        case let .text(text): sink.text(text)
        case let .integer(number): sink.integer(number)
        case let .decimal(number):
            // A number without a fraction is a whole number, as in every language.
            if let whole = number.wholeNumber { sink.integer(whole) } else { sink.decimal(number) }
        case let .truth(truth): sink.truth(truth)
        case let .day(day): sink.day(day)
        case let .many(items): sink.list(items) { $0.write(to: sink) }
        case let .record(fields): sink.values(fields)
        case .nothing: sink.nothing()
        }
    }
}

/// Values by name, in the order in which they were given.
public struct Values: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    public private(set) var entries: [Entry]

    /// A name and its value.
    public struct Entry: Hashable, Sendable {
        public let name: String
        public let value: Value

        /// Names are the same if their letters are written with the same bytes; for `==` of Swift, `é` and `e` with an accent are one.
        func isCalled(_ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }
    }

    /// Nothing.
    public init() { entries = [] }

    /// The values of a dictionary, in the order of their names.
    public init(_ values: [String: Value]) {
        entries = values.sorted { $0.key < $1.key }.map { Entry(name: $0.key, value: $0.value) }
    }

    init(entries: [Entry]) { self.entries = entries }

    public init(dictionaryLiteral entries: (String, Value)...) {
        self.entries = []
        for (name, value) in entries { self[name] = value }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// The value of this name.
    public subscript(name: String) -> Value? {
        get { entries.first { $0.isCalled(name) }?.value }
        set {
            let place = entries.firstIndex { $0.isCalled(name) }
            switch (place, newValue) {
            case let (place?, value?): entries[place] = Entry(name: name, value: value)
            case let (place?, nil): entries.remove(at: place)
            case let (nil, value?): entries.append(Entry(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension Values: Sequence {
    public func makeIterator() -> IndexingIterator<[Entry]> { entries.makeIterator() }
}

extension Values: CustomStringConvertible {
    /// As in Swift's own dictionaries: `[year: 2024]`.
    public var description: String {
        entries.isEmpty ? "[:]" : "[\(entries.map { "\($0.name): \($0.value)" }.joined(separator: ", "))]"
    }
}

extension Value: CustomStringConvertible {
    public var description: String {
        switch self {
        case let .text(text): return text
        case let .integer(number): return String(number)
        case let .decimal(number): return number.description
        case let .truth(truth): return String(truth)
        case let .day(day): return day.description
        case let .many(items): return "\(items)"
        case let .record(fields): return fields.description
        case .nothing: return "nothing"
        }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral {
    public init(stringLiteral text: String) { self = .text(text) }

    public init(integerLiteral number: Int64) { self = .integer(number) }

    public init(booleanLiteral truth: Bool) { self = .truth(truth) }

    public init(arrayLiteral items: Value...) { self = .many(items) }
}

extension Decimal {
    /// It as a whole number of 64 bits; nothing where it has a fraction, or is too large.
    var wholeNumber: Int64? {
        guard isFinite, exponent > -1 || isZero else { return nil }
        return Int64(description)
    }
}
