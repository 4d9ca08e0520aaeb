package medtrain

import java.time.LocalDate
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What lies outside of the Java heap is never used after it was freed, whoever closes it and when. */
class ClosingTest {
    private fun person(id: String) = Facts(practitioner = doctor(1).practitioner!!.copy(personId = id))

    private fun closed(ask: () -> Unit) {
        val thrown = assertThrows(IllegalStateException::class.java, ask)
        assertTrue(thrown.message!!.contains("closed"), thrown.message)
    }

    @Test
    fun `prepared facts that were closed are refused, also where others took their place in memory`() {
        val question = annual()
        repeat(50) {
            val facts = PreparedFacts(person("Zhang"))
            facts.close()
            List(3) { PreparedFacts(person("Li $it")) }.forEach { it.use { closed { question.evaluate(facts) } } }
            facts.close()
        }
    }

    @Test
    fun `prepared facts are gone after their block`() {
        val facts = PreparedFacts(person("Zhang")).use { it.also { assertEquals("Zhang", annual().evaluate(it).subjectId) } }
        closed { annual().evaluate(facts) }
    }

    @Test
    fun `prepared facts that another thread closes answer about their own subject or not at all`() {
        race(PreparedFacts(person("warm")), 0)
        repeat(300) { round -> race(PreparedFacts(person("person $round")), round) }
    }

    private fun race(facts: PreparedFacts, round: Int) {
        val expected = annual().evaluate(facts).subjectId
        val evaluates = { until { assertEquals(expected, annual().evaluate(facts).subjectId) } }
        together(evaluates, evaluates, evaluates, {
            repeat(round % 5) { Thread.yield() }
            facts.close()
        })
        closed { annual().evaluate(facts) }
    }

    /** Asks again and again, until it is refused because of the other thread. */
    private fun until(ask: () -> Unit) {
        try {
            while (true) ask()
        } catch (_: IllegalStateException) {
        }
    }

    /** Runs these at the same time, each on a thread of its own. */
    private fun together(vararg works: () -> Unit) {
        val begin = CyclicBarrier(works.size)
        val running = works.map { work ->
            threads.submit {
                begin.await()
                work()
            }
        }
        running.forEach { it.get() }
    }

    @Test
    fun `facts can be closed twice, and by many threads at once`() {
        repeat(200) {
            val facts = PreparedFacts(person("Zhang"))
            together(facts::close, facts::close, facts::close, facts::close)
            closed { annual().evaluate(facts) }
        }
    }

    @Test
    fun `a set that was closed refuses, and so do its questions`() {
        val set = PolicySet.of(listOf(PolicyFile("own.toml", OWN)), builtIn = false)
        val question = set.question("own-check", asOf = LocalDate.of(2024, 6, 30))
        val verdict = question.evaluate(person("Zhang"))
        set.close()
        set.close()
        closed { set.policies() }
        closed { question.evaluate(person("Zhang")) }
        closed { PreparedFacts(person("Zhang")).use { question.evaluate(it) } }
        closed { verdict.explain(Lang.EN, set) }
    }

    @Test
    fun `a set that another thread closes answers or refuses`() {
        repeat(100) {
            val set = PolicySet.of(listOf(PolicyFile("own.toml", OWN)), builtIn = false)
            val question = set.question("own-check", asOf = LocalDate.of(2024, 6, 30))
            val asks = { until { assertEquals("Zhang", question.evaluate(person("Zhang")).subjectId) } }
            together(asks, asks, set::close)
        }
    }

    @Test
    fun `the built-in policies stay open for everyone`() {
        PolicySet.builtIn.use { assertTrue(it.policies().isNotEmpty()) }
        PolicySet.builtIn.close()
        assertEquals("1001", annual().evaluate(doctor(1)).subjectId)
        assertTrue(PolicySet.builtIn.policies().isNotEmpty())
    }

    private companion object {
        val threads = Executors.newCachedThreadPool { work -> Thread(work).apply { isDaemon = true } }
    }
}
