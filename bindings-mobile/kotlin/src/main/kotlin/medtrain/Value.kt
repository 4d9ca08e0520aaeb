package medtrain

import java.math.BigDecimal
import java.time.LocalDate
import java.util.Collections

/** A value whose type a policy says: what is given with a question, and facts that a policy declares itself. There are no binary numbers. */
public sealed class Value {
    /** Text, or a code. */
    public data class Text(val text: String) : Value()

    /** An exact number. */
    public data class Number(val number: BigDecimal) : Value()

    /** True or false. */
    public data class Truth(val truth: Boolean) : Value()

    /** A civil date. */
    public data class Day(val day: LocalDate) : Value()

    /** A list. */
    public data class Many(val items: List<Value>) : Value()

    /** Values by name. */
    public data class Record(val fields: Map<String, Value>) : Value()

    /** That there is none. */
    public data object None : Value()

    internal fun write(to: Sink) {
        when (this) {
            is Text -> to.text(text)
            is Number -> writeNumber(to)
            is Truth -> to.truth(truth)
            is Day -> to.day(day)
            is Many -> to.list(items) { it.write(to) }
            is Record -> to.values(fields)
            None -> to.nothing()
        }
    }

    private fun Number.writeNumber(to: Sink) {
        val whole = wholeNumberOf(number)
        if (whole != null) to.integer(whole) else to.decimal(number)
    }

    /** The same in lists and maps of its own, as deep as values are written at all. */
    internal fun kept(depth: Int = 0): Value = when {
        depth > DEEPEST -> this
        this is Many -> Many(items.map { it.kept(depth + 1) })
        this is Record -> Record(kept(fields, depth + 1))
        else -> this
    }

    public companion object {
        /** Text. */
        public fun of(text: String): Value = Text(text)

        /** A whole number. */
        public fun of(number: Int): Value = of(number.toLong())

        /** A whole number. */
        public fun of(number: Long): Value = Number(BigDecimal.valueOf(number))

        /** An exact number. */
        public fun of(number: BigDecimal): Value = Number(number)

        /** True or false. */
        public fun of(truth: Boolean): Value = Truth(truth)

        /** A civil date. */
        public fun of(day: LocalDate): Value = Day(day)

        /** A code of one of the lists. */
        public fun of(code: Code): Value = Text(code.code)

        /** A list. */
        public fun of(items: List<Value>): Value = Many(items)

        /** Values by name. */
        public fun of(fields: Map<String, Value>): Value = Record(fields)
    }
}

/** The same values in maps of their own, which nobody changes. */
internal fun kept(values: Map<String, Value>, depth: Int = 0): Map<String, Value> =
    Collections.unmodifiableMap(values.mapValuesTo(LinkedHashMap()) { (_, value) -> value.kept(depth) })
