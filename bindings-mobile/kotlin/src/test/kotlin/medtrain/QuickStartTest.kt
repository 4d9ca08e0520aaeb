package medtrain

import java.io.File
import java.math.BigDecimal
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The quick start of the README: the lines below are those lines. */
class QuickStartTest {
    private val printed = StringBuilder()

    private fun println(told: Any?) {
        printed.appendLine(told)
    }

    private fun quickStart() {
        // quick start
        val doctor = Practitioner(
            titleGrade = TitleGrade.INTERMEDIATE,
            activities = listOf(
                Activity(awardedOn = LocalDate.of(2024, 5, 10), credits = BigDecimal("21.5"), hours = BigDecimal("60"), professionRelated = true, electronic = true),
            ),
        )
        val verdict = Medtrain.evaluate("cq-annual-cme", Facts(practitioner = doctor), mapOf("year" to Value.of(2024)), LocalDate.of(2024, 11, 15))
        println(verdict.status)
        verdict.explain(Lang.EN).forEach { println(it) }
        println(verdict.toJson())
        // end
    }

    @Test
    fun `the quick start runs and says what is missing`() {
        quickStart()
        assertTrue(printed.startsWith("UNMET\n"), printed.toString())
        assertTrue(printed.contains("3.5"), printed.toString())
    }

    @Test
    fun `the quick start is the one of the README and the guides`() {
        val here = File(root, "bindings-mobile/kotlin/src/test/kotlin/medtrain/QuickStartTest.kt").readText()
        val code = here.substringAfter("// quick start\n").substringBefore("        // end").trimIndent().trim()
        for (page in listOf("README.md", "bindings-mobile/README.md", "docs/guide.zh.md", "docs/guide.en.md")) {
            val shown = File(root, page).readText().substringAfter("```kotlin\n").substringBefore("\n```").lines().filterNot { it.startsWith("import ") }
            assertEquals(code, shown.joinToString("\n").trim(), page)
        }
    }
}

/** The folder of the workspace. */
internal val root: String = System.getProperty("medtrain.root")
