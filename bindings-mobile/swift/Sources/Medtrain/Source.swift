import Foundation

/// Reads what the border wrote.
final class Source {
    private let bytes: [UInt8]
    private var at = 0
    /// A point is a point, wherever the phone is.
    private static let plain = Locale(identifier: "en_US_POSIX")

    init(_ data: Data) {
        bytes = [UInt8](data)
    }

    func record() throws { try expect(Tag.placed) }

    func text() throws -> String {
        try expect(Tag.text)
        return try bytesOf()
    }

    func integer() throws -> Int64 {
        try expect(Tag.integer)
        return try wholeNumber()
    }

    func decimal() throws -> Decimal {
        let text = try self.text()
        guard let number = Decimal(string: text, locale: Source.plain) else { throw unexpected(text) }
        return number
    }

    func truth() throws -> Bool {
        switch try byte() {
        case Tag.isTrue: return true
        case Tag.isFalse: return false
        case let tag: throw unexpected(tag)
        }
    }

    func day() throws -> Day {
        let text = try self.text()
        guard let day = Day(text) else { throw unexpected(text) }
        return day
    }

    /// A code, by its place or by itself.
    func code<Code>(_: Code.Type) throws -> Code where Code: CaseIterable & RawRepresentable, Code.RawValue == String {
        switch try byte() {
        case Tag.code:
            let place = Int(try number())
            let all = Array(Code.allCases)
            guard place < all.count else { throw unexpected(place) }
            return all[place]
        case Tag.text:
            let text = try bytesOf()
            guard let code = Code(rawValue: text) else { throw unexpected(text) }
            return code
        case let tag: throw unexpected(tag)
        }
    }

    func optional<T>(_ read: () throws -> T) throws -> T? {
        if try isNext(Tag.none) { return nil }
        return try read()
    }

    /// A list; one that is left out is empty.
    func list<T>(_ read: () throws -> T) throws -> [T] {
        if try isNext(Tag.none) { return [] }
        try expect(Tag.list)
        let size = Int(try number())
        var items: [T] = []
        for _ in 0 ..< size { items.append(try read()) }
        return items
    }

    /// Entries with their names, each read by what is given here.
    func named(_ read: (String) throws -> Void) throws {
        try expect(Tag.named)
        while try byte() == Tag.entry { try read(bytesOf()) }
    }

    func values() throws -> Values {
        // No name comes twice: what was read as facts has each once.
        var entries: [Values.Entry] = []
        try named { name in entries.append(Values.Entry(name: name, value: try value())) }
        return Values(entries: entries)
    }

    private func value() throws -> Value {
        let tag = try byte()
        switch tag {
        case Tag.none: return .nothing
        case Tag.isTrue: return .truth(true)
        case Tag.isFalse: return .truth(false)
        case Tag.integer: return .integer(try wholeNumber())
        case Tag.text: return .text(try bytesOf())
        case Tag.list:
            at -= 1
            return .many(try list { try value() })
        case Tag.named:
            at -= 1
            return .record(try values())
        default: throw unexpected(tag)
        }
    }

    func unexpected(_ found: Any) -> any Error {
        UnexpectedAnswer(description: "the library gave `\(found)`, which these types do not know: is it of another version?")
    }

    private func byte() throws -> UInt8 {
        guard at < bytes.count else { throw unexpected("an end") }
        defer { at += 1 }
        return bytes[at]
    }

    private func isNext(_ tag: UInt8) throws -> Bool {
        guard at < bytes.count else { throw unexpected("an end") }
        if bytes[at] != tag { return false }
        at += 1
        return true
    }

    private func expect(_ tag: UInt8) throws {
        let found = try byte()
        if found != tag { throw unexpected(found) }
    }

    private func bytesOf() throws -> String {
        let length = Int(try number())
        guard length <= bytes.count - at else { throw unexpected("an end") }
        defer { at += length }
        return String(decoding: bytes[at ..< at + length], as: UTF8.self)
    }

    private func wholeNumber() throws -> Int64 {
        let number = try self.number()
        return Int64(bitPattern: (number >> 1) ^ (0 &- (number & 1)))
    }

    private func number() throws -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = UInt64(try byte())
            number |= (byte & 0x7f) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }
}

/// That the library and these types are of different versions.
struct UnexpectedAnswer: Error, CustomStringConvertible {
    let description: String
}
