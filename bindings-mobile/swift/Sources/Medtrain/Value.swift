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
        case let .decimal(number): sink.decimal(number)
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
    }

    public init(dictionaryLiteral entries: (String, Value)...) {
        self.entries = []
        for (name, value) in entries { self[name] = value }
    }

    public var isEmpty: Bool { entries.isEmpty }

    /// The value of this name.
    public subscript(name: String) -> Value? {
        get { entries.first { $0.name == name }?.value }
        set {
            let place = entries.firstIndex { $0.name == name }
            switch (place, newValue) {
            case let (place?, value?): entries[place] = Entry(name: name, value: value)
            case let (place?, nil): entries.remove(at: place)
            case let (nil, value?): entries.append(Entry(name: name, value: value))
            case (nil, nil): break
            }
        }
    }
}
