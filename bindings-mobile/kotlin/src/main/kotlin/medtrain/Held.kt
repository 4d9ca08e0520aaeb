package medtrain

import java.util.concurrent.atomic.AtomicInteger

/**
 * What lies outside of the Java heap: any number of threads use it at once, until it is closed.
 *
 * INVARIANT: it is freed once, after its last use has ended, and no use begins after it was closed. What UniFFI writes holds this for the object that is
 * asked, and not for one that is handed over with a question: there, one that was freed would be read.
 */
internal class Held<T : AutoCloseable>(private val name: String, private val border: T) {
    /** How many uses go on; less than nothing by [CLOSED] once it was closed. */
    private val uses = AtomicInteger()

    /** The answer of what is held, which stays there as long. */
    inline fun <R> lent(ask: (T) -> R): R {
        begin()
        try {
            return ask(border)
        } finally {
            end()
        }
    }

    /** Refuses all further uses; those that go on are ended first, by their own threads. */
    fun close() {
        val before = uses.getAndUpdate { if (it < 0) it else it + CLOSED }
        if (before == 0) border.close()
    }

    private fun begin() {
        val before = uses.getAndUpdate { if (it < 0) it else it + 1 }
        check(before >= 0) { "this $name was closed" }
    }

    private fun end() {
        if (uses.decrementAndGet() == CLOSED) border.close()
    }

    private companion object {
        const val CLOSED = Int.MIN_VALUE
    }
}
