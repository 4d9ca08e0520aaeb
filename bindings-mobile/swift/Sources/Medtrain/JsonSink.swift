import Foundation

/// Writes canonical JSON: fields in the order of the type, or, as receipts are, in the order of their names (RFC 8785).
final class JsonSink: Sink {
    private let sorted: Bool
    private var levels: [Level] = [Level()]

    /// A record or a list that is being written.
    private struct Level {
        var entries: [(name: String, text: String)] = []
    }

    init(sorted: Bool = false) {
        self.sorted = sorted
    }

    /// What was written.
    var json: String { levels[0].entries.map(\.text).joined() }

    func begin() { levels.append(Level()) }

    func name(_ name: String) { levels[levels.count - 1].entries.append((name, "\(quoted(name)):")) }

    func end() {
        let level = levels.removeLast()
        let entries = sorted ? level.entries.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) } : level.entries
        put("{\(entries.map(\.text).joined(separator: ","))}")
    }

    func open(_: Int) { levels.append(Level()) }

    func item(_: Int) { levels[levels.count - 1].entries.append(("", "")) }

    func close() {
        let level = levels.removeLast()
        put("[\(level.entries.map(\.text).joined(separator: ","))]")
    }

    func text(_ text: String) { put(quoted(text)) }

    func integer(_ number: Int64) { put(String(number)) }

    func truth(_ truth: Bool) { put(truth ? "true" : "false") }

    func nothing() { put("null") }

    private func put(_ text: String) {
        let last = levels.count - 1
        if levels[last].entries.isEmpty { levels[last].entries.append(("", "")) }
        levels[last].entries[levels[last].entries.count - 1].text += text
    }

    private func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\u{8}": out += "\\b"
            case "\u{c}": out += "\\f"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\u{0}" ..< "\u{20}":
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
