package medtrain

import java.math.BigDecimal
import java.time.LocalDate

/** What a value is written to: the border, or JSON. A record is [begin], [name] and a value for each field, [end]; a list is [open], [item] and a value for each, [close]. */
internal interface Sink {
    fun begin()
    fun name(name: String)
    fun end()
    fun open(size: Int)
    fun item(index: Int)
    fun close()
    fun text(text: String)
    fun integer(number: Long)
    fun decimal(number: BigDecimal)
    fun truth(truth: Boolean)
    fun day(day: LocalDate)
    fun nothing()
}

internal inline fun <T> Sink.list(items: List<T>, write: (T) -> Unit) {
    val size = items.size
    open(size)
    var index = 0
    for (item in items) {
        item(index++)
        write(item)
    }
    if (index != size) throw ConcurrentModificationException("a list changed while it was read")
    close()
}

internal fun Sink.values(values: Map<String, Value>) {
    begin()
    for ((name, value) in values) {
        name(name)
        value.write(this)
    }
    end()
}

/** The text of a number: its digits as they are, noughts among them, unless there are so many that nothing takes it. */
internal fun digitsOf(number: BigDecimal): String {
    val many = 64
    val power = number.precision().toLong() - number.scale() - 1
    return if (power > -many && power < many) number.toPlainString() else number.toString()
}

/** How many digits a number can have, behind the point or in all. */
private const val DIGITS = 28

/** A number without a fraction as 64 bits hold it; null where it has one, or more digits than are taken. */
internal fun wholeNumberOf(number: BigDecimal): Long? {
    val scale = number.scale()
    val before = maxOf(number.precision().toLong() - scale, 0)
    if (before + maxOf(scale, 0) > DIGITS) return null
    val short = if (scale > 0) number.stripTrailingZeros() else number
    if (short.scale() > 0) return null
    val whole = short.toBigInteger()
    return if (whole.bitLength() < Long.SIZE_BITS) whole.toLong() else null
}
