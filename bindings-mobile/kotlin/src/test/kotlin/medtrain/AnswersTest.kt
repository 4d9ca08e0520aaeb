package medtrain

import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import java.io.File
import java.security.MessageDigest
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory

/** What every language answers beside the verdict: remedies, why, what if, receipts, the days of a year. `tests/README.md` tells what is in a case. */
class AnswersTest {
    @TestFactory
    fun `each answer has the same bytes here`(): List<DynamicTest> {
        val files = File(root, "tests/answers").listFiles { file -> file.extension == "json" }.orEmpty().sorted()
        return files.flatMap { file ->
            JsonParser.parseString(file.readText()).asJsonArray.mapIndexed { index, case ->
                DynamicTest.dynamicTest("${file.name} $index") { run(case.asJsonObject) }
            }
        }
    }

    private fun run(case: JsonObject) {
        val (expected, found) = case["answers"].asJsonObject.asMap() to if (case.has("year")) year(case) else asked(case)
        assertEquals(expected.keys, found.keys)
        for ((name, text) in found) {
            val answer = expected.getValue(name).asJsonObject
            answer["text"]?.let { assertEquals(it.asString, text, name) } ?: assertEquals(answer["sha256"].asString, sha256(text), "$name: $text")
        }
    }

    private fun year(case: JsonObject) =
        mapOf("calendar" to Medtrain.calendar(case["policy_id"].asString, case["year"].asInt).joinToString(",", "[", "]") { it.toJson() })

    private fun asked(case: JsonObject): Map<String, String> {
        val (facts, others) = listOf("facts", "others").map { Medtrain.factsFromJson(case[it].toString()) }
        val given = case["given"].asJsonObject.asMap().mapValues { (_, value) -> valueOf(value) }
        val question = PolicySet.builtIn.question(case["decision"].asString, given, LocalDate.parse(case["as_of"].asString))
        val sealed = question.receipt(facts).toJson()
        val (verdict, remedies) = question.evaluate(facts) to question.remedies(facts)
        fun said(say: (Lang) -> List<String>) = listOf(Lang.ZH, Lang.EN).joinToString("\n") { say(it).joinToString("\n") }
        return mapOf(
            "said" to said { verdict.explain(it) },
            "remedies" to remedies.toJson(),
            "remedies_said" to said { question.explain(remedies, it) },
            "what_if" to question.whatIf(facts, others).toJson(),
            "what_if_said" to said { question.explainWhatIf(facts, others, it) },
            "why" to question.why(facts).toJson(),
            "portions" to question.portions(facts).toJson(),
            "labels" to question.labels().toJson(),
            "receipt" to sealed,
            "verification" to Medtrain.verify(sealed, facts).toJson(),
            "verification_of_others" to Medtrain.verify(sealed, others).toJson(),
        )
    }
}

internal fun sha256(text: String): String =
    MessageDigest.getInstance("SHA-256").digest(text.toByteArray()).joinToString("") { byte -> "%02x".format(byte) }

/** What is given, from its JSON. */
internal fun valueOf(json: JsonElement): Value = when {
    json.isJsonNull -> Value.None
    json.isJsonArray -> Value.Many(json.asJsonArray.map(::valueOf))
    json.isJsonObject -> Value.Record(json.asJsonObject.asMap().mapValues { (_, value) -> valueOf(value) })
    json.asJsonPrimitive.isBoolean -> Value.of(json.asBoolean)
    json.asJsonPrimitive.isNumber -> Value.of(json.asBigDecimal)
    else -> Value.of(json.asString)
}
