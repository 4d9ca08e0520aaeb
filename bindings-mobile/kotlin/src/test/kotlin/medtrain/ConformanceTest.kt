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
 * A case is `{decision, facts, given, as_of, policy?, expect | error}`.
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
            policies.question(fields["decision"].asString, given, LocalDate.parse(fields["as_of"].asString)).evaluate(facts)
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

    /** An error is a code, a problem, a list of problems, or these under `problems`; what it says of a problem must be so. */
    private fun compare(error: JsonElement, problems: List<Problem>) {
        when {
            error.isJsonPrimitive -> assertEquals(error.asString, problems.first().code.code)
            error.isJsonArray -> {
                assertEquals(error.asJsonArray.size(), problems.size, problems.toString())
                error.asJsonArray.zip(problems).forEach { (expected, problem) -> compare(expected, listOf(problem)) }
            }
            error.asJsonObject.has("problems") -> compare(error.asJsonObject["problems"], problems)
            else -> {
                val problem = problems.first()
                val here = mapOf("code" to problem.code.code, "place" to problem.place, "message" to problem.message, "cure" to problem.cure)
                val said = error.asJsonObject.asMap().filterKeys(here::containsKey).mapValues { (_, value) -> value.asString }
                assertEquals(said, here.filterKeys(said::containsKey))
            }
        }
    }

    /** A policy is its text, or the name of its file beside the cases; several are a list. */
    private fun filesOf(policy: JsonElement): List<PolicyFile> {
        if (policy.isJsonArray) return policy.asJsonArray.flatMap(::filesOf)
        val said = policy.asString
        val file = listOf("tests/cases", "tests", ".").map { File(File(root, it), said) }.firstOrNull { said.endsWith(".toml") && it.isFile }
        return listOf(PolicyFile(if (file == null) "policy.toml" else said, file?.readText() ?: said))
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
