package medtrain

import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.condition.EnabledIfSystemProperty

/** What the border costs: `mvn test -Dmedtrain.bench=true -Dtest=BenchTest -Dmedtrain.library=…/target/release`. */
@EnabledIfSystemProperty(named = "medtrain.bench", matches = "true")
class BenchTest {
    @Test
    fun `what the border costs`() {
        val (question, facts) = annual() to doctor(40)
        val prepared = PreparedFacts(facts)
        val written = WireSink().also(facts::write).written()
        var kept = 0
        measure("write 40 records (${written.size} bytes)") { kept += WireSink().also(facts::write).written().size }
        measure("write 40 records as JSON") { kept += facts.toJson().length }
        measure("prepare: write, cross, read in Rust") { PreparedFacts(facts).close() }
        measure("evaluate prepared facts") { kept += question.evaluate(prepared).records.size }
        measure("evaluate objects") { kept += question.evaluate(facts).records.size }
        assertTrue(kept > 0)
    }

    private inline fun measure(name: String, run: () -> Unit) {
        val best = (1..15).minOf {
            val start = System.nanoTime()
            repeat(2000) { run() }
            (System.nanoTime() - start) / 2000.0 / 1000
        }
        println("%-45s %8.2f µs".format(name, best))
    }
}
