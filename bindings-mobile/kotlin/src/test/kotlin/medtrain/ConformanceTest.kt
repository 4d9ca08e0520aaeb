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
 * A case is `{decision, facts, given, as_of, known_on?, policy?, expect | error}`.
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

    private fun run(case: JsonElement) {
        val fields = case.asJsonObject
        val verdict = runCatching {
            val policies = fields["policy"]?.let { PolicySet.of(filesOf(it)) } ?: PolicySet.builtIn
            val facts = Medtrain.factsFromJson(fields["facts"].toString())
            val given = fields["given"]?.asJsonObject?.asMap().orEmpty().mapValues { (_, value) -> valueOf(value) }
            val (asOf, knownOn) = listOf("as_of", "known_on").map { name -> fields[name]?.let { LocalDate.parse(it.asString) } }
            policies.question(fields["decision"].asString, given, asOf!!, knownOn).evaluate(facts)
        }
        val error = fields["error"]
        if (error == null) {
            val expect = fields["expect"]
            val expected = if (expect.isJsonPrimitive) expect.asString else expect.toString()
            assertEquals(expected, verdict.getOrThrow().toJson())
        } else {
            val thrown = verdict.exceptionOrNull()
            assertTrue(thrown is TrainingException, "nothing was refused: $thrown")
            compare(error, (thrown as TrainingException).problems)
        }
    }

    /** An error is a code, or has a code and a place: one of the problems must be so. */
    private fun compare(error: JsonElement, problems: List<Problem>) {
        val (code, place) = if (error.isJsonPrimitive) error.asString to null else error.asJsonObject.let { it["code"].asString to it["place"]?.asString }
        assertTrue(problems.any { it.code.code == code && (place ?: it.place) == it.place }, "another error than $error: $problems")
    }

    /** A policy is the text of its file; several are a list. */
    private fun filesOf(policy: JsonElement): List<PolicyFile> {
        val texts = if (policy.isJsonArray) policy.asJsonArray.map { it.asString } else listOf(policy.asString)
        return texts.mapIndexed { place, text -> PolicyFile("policy-$place.toml", text) }
    }

    private fun valueOf(json: JsonElement): Value = when {
        json.isJsonNull -> Value.None
        json.isJsonArray -> Value.Many(json.asJsonArray.map(::valueOf))
        json.isJsonObject -> Value.Record(json.asJsonObject.asMap().mapValues { (_, value) -> valueOf(value) })
        json.asJsonPrimitive.isBoolean -> Value.of(json.asBoolean)
        json.asJsonPrimitive.isNumber -> Value.of(json.asBigDecimal)
        else -> Value.of(json.asString)
    }
}
