package medtrain

import java.math.BigDecimal
import java.time.LocalDate

/** Reads what the border wrote. */
internal class Source(private val bytes: ByteArray) {
    private var at = 0

    fun record() = expect(PLACED)

    fun text(): String {
        expect(TEXT)
        return bytesOf()
    }

    fun integer(): Long {
        expect(INTEGER)
        return wholeNumber()
    }

    fun decimal(): BigDecimal = BigDecimal(text())

    fun truth(): Boolean = when (val tag = bytes[at++]) {
        TRUE -> true
        FALSE -> false
        else -> unexpected(tag)
    }

    fun day(): LocalDate {
        expect(TEXT)
        if (bytes[at].toInt() != 10) return LocalDate.parse(bytesOf())
        val start = at + 1
        at = start + 10
        return LocalDate.of(digits(start) * 100 + digits(start + 2), digits(start + 5), digits(start + 8))
    }

    /** A code, by its place or by itself. */
    fun <T : Code> code(all: List<T>): T = when (val tag = bytes[at++]) {
        CODE -> all[length()]
        TEXT -> bytesOf().let { code -> all.find { it.code == code } ?: unexpected(code) }
        else -> unexpected(tag)
    }

    inline fun <T> optional(read: Source.() -> T): T? {
        if (isNext(NONE)) return null
        return read()
    }

    /** A list; one that is left out is empty. */
    inline fun <T> list(read: Source.() -> T): List<T> {
        if (isNext(NONE)) return emptyList()
        expect(LIST)
        val size = length()
        if (size == 0) return emptyList()
        val items = ArrayList<T>(size)
        repeat(size) { items.add(read()) }
        return items
    }

    /** Entries with their names, each read by what is given here. */
    inline fun named(read: (String) -> Unit) {
        expect(NAMED)
        while (hasEntry()) read(bytesOf())
    }

    fun values(): Map<String, Value> {
        val values = LinkedHashMap<String, Value>()
        named { name -> values[name] = value() }
        return values
    }

    private fun value(): Value = when (val tag = bytes[at++]) {
        NONE -> Value.None
        TRUE -> Value.of(true)
        FALSE -> Value.of(false)
        INTEGER -> Value.of(wholeNumber())
        TEXT -> Value.of(bytesOf())
        LIST -> {
            at--
            Value.Many(list { value() })
        }
        NAMED -> {
            at--
            Value.Record(values())
        }
        else -> unexpected(tag)
    }

    fun unexpected(found: Any): Nothing = throw IllegalStateException("the library gave `$found`, which these types do not know: is it of another version?")

    fun isNext(tag: Byte): Boolean {
        if (bytes[at] != tag) return false
        at++
        return true
    }

    fun expect(tag: Byte) {
        val found = bytes[at++]
        if (found != tag) unexpected(found)
    }

    fun hasEntry(): Boolean = bytes[at++] == ENTRY

    fun length(): Int = Math.toIntExact(number())

    fun bytesOf(): String {
        val length = length()
        val text = String(bytes, at, length, Charsets.UTF_8)
        at += length
        return text
    }

    private fun wholeNumber(): Long {
        val number = number()
        return (number ushr 1) xor -(number and 1)
    }

    private fun number(): Long {
        var number = 0L
        var shift = 0
        while (true) {
            val byte = bytes[at++].toLong()
            number = number or ((byte and 0x7f) shl shift)
            if (byte >= 0) return number
            shift += 7
        }
    }

    private fun digits(start: Int): Int = (bytes[start] - 0x30) * 10 + (bytes[start + 1] - 0x30)
}
