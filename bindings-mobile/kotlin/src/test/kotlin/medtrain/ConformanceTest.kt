package medtrain

import com.google.gson.JsonElement
import com.google.gson.JsonParser
import java.io.File
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory

/**
 * The cases that every language runs: JSON becomes typed objects, they are judged, and the typed verdict becomes canonical JSON again, byte by byte.
 *
 * `tests/README.md` tells what is in a case.
 */
class ConformanceTest {
    @TestFactory
    fun `each case has the same bytes here`(): List<DynamicTest> {
        val files = File(root, "tests/cases").listFiles { file -> file.extension == "json" }.orEmpty().sorted()
        return files.flatMap { file ->
            val read = JsonParser.parseString(file.readText())
            val cases = if (read.isJsonArray) read.asJsonArray.toList() else listOf(read)
            cases.mapIndexed { index, case -> DynamicTest.dynamicTest("${file.name} $index") { run(case) } }
        }
    }

    private val sets = HashMap<String, PolicySet>()

    private fun run(case: JsonElement) {
        val fields = case.asJsonObject
        val error = fields["error"]
        var policies = PolicySet.builtIn
        val answer = runCatching {
            fields["policy"]?.let {
                val alone = fields["alone"]?.asBoolean ?: false
                policies = sets.getOrPut("$alone $it") { PolicySet.of(filesOf(it), builtIn = !alone) }
            }
            val facts = Medtrain.factsFromJson(fields["facts_text"]?.asString ?: fields["facts"].toString())
            val given = fields["given"]?.asJsonObject?.asMap().orEmpty().mapValues { (_, value) -> valueOf(value) }
            val (asOf, knownOn) = listOf("as_of", "known_on").map { name -> fields[name]?.let { LocalDate.parse(it.asString) } }
            policies.question(fields["decision"].asString, given, asOf!!, knownOn).evaluate(facts)
        }
        if (error != null) {
            val thrown = answer.exceptionOrNull()
            assertTrue(thrown is TrainingException, "nothing was refused: $thrown")
            return compare(error, (thrown as TrainingException).problems)
        }
        val verdict = answer.getOrThrow()
        fun said(lang: Lang) = verdict.explain(lang, policies)
        fields["sha256"]?.let { hash ->
            val told = "${verdict.toJson()}\n${said(Lang.ZH).joinToString("\n")}\n${said(Lang.EN).joinToString("\n")}"
            assertEquals(hash.asString, sha256(told), told)
        }
        fields["expect"]?.let { expect -> assertEquals(written(expect), verdict.toJson()) }
        fields["says"]?.asJsonObject?.let { says ->
            assertEquals(says["zh"].asJsonArray.map { it.asString }, said(Lang.ZH))
            assertEquals(says["en"].asJsonArray.map { it.asString }, said(Lang.EN))
        }
    }

    /** Gson writes the separators of lines and paragraphs as escapes, which canonical JSON does not. */
    private fun written(expect: JsonElement) = expect.toString().replace("\\u2028", "\u2028").replace("\\u2029", "\u2029")

    /** An error is a list of all problems; or a code, or a code and a place, and one of the problems must be so. */
    private fun compare(error: JsonElement, problems: List<Problem>) {
        if (error.isJsonArray) {
            val expected = error.asJsonArray.map { it.asJsonObject }.map { it["code"].asString to it["place"].asString }
            return assertEquals(expected.toSet(), problems.map { it.code.code to it.place }.toSet())
        }
        val (code, place) = if (error.isJsonPrimitive) error.asString to null else error.asJsonObject.let { it["code"].asString to it["place"]?.asString }
        assertTrue(problems.any { it.code.code == code && (place ?: it.place) == it.place }, "another error than $error: $problems")
    }

    /** A policy is the text of its file; several are a list. */
    private fun filesOf(policy: JsonElement): List<PolicyFile> {
        val texts = if (policy.isJsonArray) policy.asJsonArray.map { it.asString } else listOf(policy.asString)
        return texts.mapIndexed { place, text -> PolicyFile("policy-$place.toml", text) }
    }
}
