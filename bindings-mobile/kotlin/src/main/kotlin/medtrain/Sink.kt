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

/** The text of a number: plain digits, unless there are so many that nothing takes it. */
internal fun digitsOf(number: BigDecimal): String {
    val many = 60
    val short = if (number.scale() in 29..many) number.stripTrailingZeros() else number
    val plain = short.scale() <= many && short.precision().toLong() - short.scale() <= many
    return if (plain) short.toPlainString() else short.toString()
}
