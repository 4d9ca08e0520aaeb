package medtrain

import java.math.BigDecimal
import java.time.LocalDate

/** Writes canonical JSON: fields in the order of the type, or, as receipts are, in the order of their names (RFC 8785). Values without end are refused. */
internal class JsonSink(private val sorted: Boolean = false) : Sink {
    private val out = StringBuilder()
    private val open = ArrayDeque<Level>()
    private val trail = Trail()

    /** A record or a list that is being written: where it begins, and where its entries do. */
    private class Level(val start: Int) {
        var entries = 0
        val names = ArrayList<Pair<String, Int>>()
    }

    override fun toString(): String = out.toString()

    override fun begin() {
        out.append('{')
        deeper()
        open.addLast(Level(out.length))
    }

    override fun name(name: String) {
        trail.name(name)
        val level = open.last()
        if (level.entries++ > 0) out.append(',')
        if (sorted) level.names += name to out.length
        quoted(name)
        out.append(':')
    }

    override fun end() {
        trail.back()
        val level = open.removeLast()
        if (sorted) sort(level)
        out.append('}')
    }

    private fun sort(level: Level) {
        val entries = level.names.mapIndexed { index, (name, start) ->
            val end = if (index + 1 < level.names.size) level.names[index + 1].second - 1 else out.length
            name to out.substring(start, end)
        }
        out.setLength(level.start)
        entries.sortedBy { it.first }.joinTo(out, ",") { it.second }
    }

    override fun open(size: Int) {
        out.append('[')
        deeper()
    }

    override fun item(index: Int) {
        trail.place(index)
        if (index > 0) out.append(',')
    }

    override fun close() {
        trail.back()
        out.append(']')
    }

    override fun text(text: String) = quoted(text)

    override fun integer(number: Long) {
        out.append(number)
    }

    override fun decimal(number: BigDecimal) = quoted(digitsOf(number))

    override fun truth(truth: Boolean) {
        out.append(truth)
    }

    override fun day(day: LocalDate) = quoted(day.toString())

    override fun nothing() {
        out.append("null")
    }

    private fun deeper() {
        if (trail.isDeepest) throw TrainingException(listOf(trail.tooDeep()))
        trail.deeper()
    }

    private fun quoted(text: String) {
        out.append('"')
        for (character in text) {
            when (character) {
                '"' -> out.append("\\\"")
                '\\' -> out.append("\\\\")
                '\b' -> out.append("\\b")
                '\u000c' -> out.append("\\f")
                '\n' -> out.append("\\n")
                '\r' -> out.append("\\r")
                '\t' -> out.append("\\t")
                else -> if (character < ' ') out.append("\\u00").append(HEX[character.code shr 4]).append(HEX[character.code and 15]) else out.append(character)
            }
        }
        out.append('"')
    }
}

private const val HEX = "0123456789abcdef"
