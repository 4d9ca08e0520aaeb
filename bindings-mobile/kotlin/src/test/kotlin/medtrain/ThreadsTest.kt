package medtrain

import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class ThreadsTest {
    @Test
    fun `many threads ask one set of policies about facts of their own and shared ones`() {
        val question = annual()
        val shared = PreparedFacts(doctor(30))
        val expected = (0..7).map { question.evaluate(doctor(20 + it)).toJson() }
        val ofShared = question.evaluate(doctor(30)).toJson()
        val threads = Executors.newFixedThreadPool(8)
        try {
            val asked = (0..7).map { thread ->
                threads.submit(
                    Callable {
                        (1..100).all { question.evaluate(doctor(20 + thread)).toJson() == expected[thread] && question.evaluate(shared).toJson() == ofShared }
                    },
                )
            }
            assertEquals(List(8) { true }, asked.map { it.get() })
        } finally {
            threads.shutdownNow()
        }
    }
}
