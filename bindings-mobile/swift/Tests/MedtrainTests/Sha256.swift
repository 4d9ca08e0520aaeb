/// The SHA-256 of a text in UTF-8, in hexadecimal (FIPS 180-4). Foundation has none where Apple's CryptoKit is not.
func sha256(_ text: String) -> String {
    var bytes = Array(text.utf8)
    let bits = UInt64(bytes.count) * 8
    bytes.append(0x80)
    while bytes.count % 64 != 56 { bytes.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }

    var state = fractions(of: primes.prefix(8), root: 2)
    for start in stride(from: 0, to: bytes.count, by: 64) {
        mix(&state, schedule(bytes[start ..< start + 64]))
    }
    return state.flatMap { word in stride(from: 28, through: 0, by: -4).map { String((word >> UInt32($0)) & 15, radix: 16) } }.joined()
}

private let primes: [UInt64] = (2 ... 311).filter { number in !(2 ..< number).contains { number % $0 == 0 } }
private let constants = fractions(of: primes.prefix(64), root: 3)

/// The first 32 bits behind the point of the square or cube roots.
private func fractions(of numbers: ArraySlice<UInt64>, root: Int) -> [UInt32] {
    numbers.map { number in
        // The greatest whole number whose power is not above the prime, shifted so that its root is by 32 bits.
        var (low, high) = (UInt64(0), UInt64(1) << 37)
        while high - low > 1 {
            let middle = (low + high) / 2
            if power(middle, root, isAtMost: number) { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }
}

/// Whether a number of 2⁻³² each, taken to the power, is at most the whole number.
private func power(_ number: UInt64, _ exponent: Int, isAtMost whole: UInt64) -> Bool {
    let square = number.multipliedFullWidth(by: number)
    if exponent == 2 { return (square.high, square.low) <= (whole, 0) }
    let low = square.low.multipliedFullWidth(by: number)
    let high = square.high.multipliedFullWidth(by: number)
    let (middle, carried) = high.low.addingReportingOverflow(low.high)
    let top = high.high + (carried ? 1 : 0)
    return (top, middle, low.low) <= (0, whole << 32, 0)
}

private func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
    var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { at in block[at ..< at + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
    for index in 16 ..< 64 {
        let (early, late) = (words[index - 15], words[index - 2])
        let first = turned(early, 7) ^ turned(early, 18) ^ (early >> 3)
        let second = turned(late, 17) ^ turned(late, 19) ^ (late >> 10)
        words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
    }
    return words
}

private func mix(_ state: inout [UInt32], _ words: [UInt32]) {
    var s = state
    for (word, constant) in zip(words, constants) {
        let chosen = (s[4] & s[5]) ^ (~s[4] & s[6])
        let most = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])
        let first = s[7] &+ (turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25)) &+ chosen &+ constant &+ word
        let second = (turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22)) &+ most
        s = [first &+ second, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
    }
    state = zip(state, s).map { $0 &+ $1 }
}

private func turned(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }
