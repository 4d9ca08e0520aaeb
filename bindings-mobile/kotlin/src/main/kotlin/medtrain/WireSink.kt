package medtrain

import java.math.BigDecimal
import java.time.LocalDate

/** Writes what the border reads; text that is no text, and values without end, are problems with their places. */
internal class WireSink : Sink {
    private var bytes = ByteArray(1024)
    private var length = 0
    private val trail = Trail()
    private val problems = ArrayList<Problem>()

    /** What was written. */
    fun written(): ByteArray {
        if (problems.isNotEmpty()) throw TrainingException(problems)
        return bytes.copyOf(length)
    }

    /** Goes on behind what was written before. */
    fun after(before: ByteArray): WireSink {
        ensure(before.size)
        before.copyInto(bytes, length)
        length += before.size
        return this
    }

    override fun begin() {
        tag(NAMED)
        deeper()
    }

    override fun name(name: String) {
        trail.name(name)
        tag(ENTRY)
        bytesOf(name)
    }

    override fun end() {
        trail.back()
        tag(END)
    }

    override fun open(size: Int) {
        tag(LIST)
        number(size.toLong())
        deeper()
    }

    override fun item(index: Int) = trail.place(index)

    override fun close() = trail.back()

    override fun text(text: String) {
        tag(TEXT)
        bytesOf(text)
    }

    override fun integer(number: Long) {
        tag(INTEGER)
        number((number shl 1) xor (number shr 63))
    }

    override fun decimal(number: BigDecimal) = text(digitsOf(number))

    override fun truth(truth: Boolean) = tag(if (truth) TRUE else FALSE)

    override fun day(day: LocalDate) {
        val year = day.year
        if (year !in 0..9999) return text(day.toString())
        ensure(12)
        bytes[length++] = TEXT
        bytes[length++] = 10
        digits(year / 100)
        digits(year % 100)
        bytes[length++] = '-'.code.toByte()
        digits(day.monthValue)
        bytes[length++] = '-'.code.toByte()
        digits(day.dayOfMonth)
    }

    override fun nothing() = tag(NONE)

    private fun digits(two: Int) {
        bytes[length++] = (0x30 + two / 10).toByte()
        bytes[length++] = (0x30 + two % 10).toByte()
    }

    private fun deeper() {
        if (trail.isDeepest) throw TrainingException(problems + trail.tooDeep())
        trail.deeper()
    }

    private fun tag(tag: Byte) {
        ensure(1)
        bytes[length++] = tag
    }

    private fun number(number: Long) {
        ensure(10)
        var rest = number
        while (rest and 0x7f.inv() != 0L) {
            bytes[length++] = (rest and 0x7f or 0x80).toByte()
            rest = rest ushr 7
        }
        bytes[length++] = rest.toByte()
    }

    /** The length of a text in bytes, and its bytes. */
    private fun bytesOf(text: String) {
        val size = text.length
        if (size < 0x80) {
            ensure(size + 1)
            val start = length
            var at = start + 1
            for (index in 0 until size) {
                val character = text[index].code
                if (character >= 0x80) return utf8(text)
                bytes[at++] = character.toByte()
            }
            bytes[start] = size.toByte()
            length = at
        } else {
            utf8(text)
        }
    }

    private fun utf8(text: String) {
        if (halfIn(text) >= 0) problems += halfOfACharacter(trail.path())
        val utf8 = text.toByteArray(Charsets.UTF_8)
        number(utf8.size.toLong())
        ensure(utf8.size)
        utf8.copyInto(bytes, length)
        length += utf8.size
    }

    private fun ensure(more: Int) {
        if (bytes.size - length < more) bytes = bytes.copyOf(Math.addExact(maxOf(bytes.size, more), bytes.size))
    }
}

internal const val NONE: Byte = 0
internal const val FALSE: Byte = 1
internal const val TRUE: Byte = 2
internal const val INTEGER: Byte = 3
internal const val TEXT: Byte = 4
internal const val CODE: Byte = 5
internal const val LIST: Byte = 6
internal const val NAMED: Byte = 7
internal const val PLACED: Byte = 8
internal const val END: Byte = 0
internal const val ENTRY: Byte = 1
