package medtrain

import java.math.BigDecimal
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class TypedUseTest {
    @Test
    fun `a verdict is a value with its reasons`() {
        val verdict = annual().evaluate(doctor(22))
        assertEquals(Status.UNMET, verdict.status)
        val credits = verdict.findings.first { it.provision == "cq-credits" }
        assertEquals(BigDecimal("3"), credits.shortfall)
        assertEquals(Relation.AT_LEAST, credits.relation)
        assertEquals(LocalDate.of(2024, 11, 15), verdict.asOf)
        assertEquals(22, verdict.records.size)
        assertTrue(verdict.records.all { it.state == RecordState.COUNTED })
    }

    @Test
    fun `every status has its branch`() {
        val word = when (annual().evaluate(doctor(40)).status) {
            Status.MET -> "met"
            Status.UNMET -> "unmet"
            Status.WAIVABLE -> "waivable"
            Status.NOT_APPLICABLE -> "not applicable"
            Status.UNKNOWN -> "unknown"
        }
        assertEquals("met", word)
    }

    @Test
    fun `every kind of step has its branch`() {
        val question = annual(asOf = LocalDate.of(2024, 9, 15))
        val remedies = question.remedies(doctor(22))
        assertEquals(RemedyState.FOUND, remedies.state)
        val lists = remedies.remedies.flatMap { it.steps }.map { step ->
            when (step) {
                is Step.AddRecord -> step.list
                is Step.SetFact -> step.path
                is Step.Wait -> step.until.toString()
            }
        }
        assertTrue(lists.contains("practitioner.activities"), lists.toString())
        assertTrue(question.explain(remedies, Lang.ZH).first().contains("学分"))
    }

    @Test
    fun `the scale of a number says nothing`() {
        val (one, other) = listOf(doctor(22, "1.0"), doctor(22, "1.00"))
        assertEquals(annual().evaluate(one), annual().evaluate(other))
        assertEquals(annual().receipt(one), annual().receipt(other))
        assertEquals(annual().evaluate(doctor(3, "10")), annual().evaluate(doctor(3, "1E+1")))
        assertEquals(annual().evaluate(doctor(3, "1")), annual().evaluate(doctor(3, "1." + "0".repeat(27))))
    }

    @Test
    fun `what was told in English and Chinese is the verdict as it is`() {
        val verdict = annual().evaluate(doctor(22))
        assertTrue(verdict.explain(Lang.ZH).first().startsWith("不达标"))
        assertTrue(verdict.explain(Lang.EN).first().startsWith("not met"))
        assertEquals(verdict.explain(Lang.ZH).first(), verdict.headline(Lang.ZH))
        val kept = verdict.copy(status = Status.MET, findings = emptyList())
        assertTrue(kept.explain(Lang.EN).first().startsWith("met"))
    }

    @Test
    fun `a receipt holds, and says so when the facts are others`() {
        val receipt = annual().receipt(doctor(40))
        val same = Medtrain.verify(receipt.toJson(), doctor(40))
        assertTrue(same.holds && same.since.isEmpty(), same.since.toString())
        assertEquals(receipt, same.today)
        val other = Medtrain.verify(receipt.toJson(), doctor(3))
        assertFalse(other.holds)
        assertEquals(listOf(Since.OTHER_FACTS), other.since)
        assertTrue(other.changes.any { it.path == "status" && it.was == "met" && it.now == "unmet" })
        assertEquals(other, Medtrain.verify(receipt, doctor(3)))
        assertEquals(same, PolicySet.builtIn.verify(receipt, doctor(40)))
        // The hash covers every byte of the verdict, so that Kotlin's JSON is Rust's.
        val altered = Medtrain.verify(receipt.toJson().replace("\"met\"", "\"unmet\""), doctor(40))
        assertTrue(altered.since.contains(Since.RECEIPT_ALTERED))
    }

    @Test
    fun `what was recorded later is left out of what was known`() {
        val recorded = { day: Int -> doctor(1).practitioner!!.activities!!.single().copy(recordedAt = LocalDate.of(2024, 5, day)) }
        val facts = Facts(practitioner = doctor(0).practitioner!!.copy(activities = listOf(recorded(1), recorded(3))))
        val question = PolicySet.builtIn.question("cq-annual-cme", mapOf("year" to Value.of(2024)), LocalDate.of(2024, 11, 15), LocalDate.of(2024, 5, 2))
        assertEquals(1, question.evaluate(facts).records.size)
        assertEquals(LocalDate.of(2024, 5, 2), question.evaluate(PreparedFacts(facts)).knownOn)
        assertEquals(2, annual().evaluate(facts).records.size)
    }

    @Test
    fun `every answer can be about what was known on a day`() {
        val (year, asOf, knownOn) = Triple(mapOf("year" to Value.of(2024)), LocalDate.of(2024, 9, 15), LocalDate.of(2024, 5, 2))
        val question = PolicySet.builtIn.question("cq-annual-cme", year, asOf, knownOn)
        val facts = Facts(practitioner = doctor(0).practitioner!!.copy(activities = doctor(30).practitioner!!.activities!!.map { it.copy(recordedAt = it.awardedOn) }))
        assertEquals(question.remedies(facts), Medtrain.remedies("cq-annual-cme", facts, year, asOf, knownOn))
        assertEquals(question.whatIf(facts, doctor(40)), Medtrain.whatIf("cq-annual-cme", facts, doctor(40), year, asOf, knownOn))
        assertEquals(question.receipt(facts), Medtrain.receipt("cq-annual-cme", facts, year, asOf, knownOn))
        assertEquals(knownOn, Medtrain.receipt("cq-annual-cme", facts, year, asOf, knownOn).verdict.knownOn)
    }

    @Test
    fun `where nobody was known on that day, the answer is open`() {
        val question = PolicySet.builtIn.question("cq-annual-cme", mapOf("year" to Value.of(2024)), LocalDate.of(2024, 11, 15), LocalDate.of(2024, 6, 30))
        val later = Facts(practitioner = Practitioner(recordedAt = LocalDate.of(2024, 12, 1), activities = emptyList()))
        for (facts in listOf(Facts(), later)) {
            assertEquals(Status.UNKNOWN, question.evaluate(facts).status)
            assertEquals(Status.UNKNOWN, question.evaluate(PreparedFacts(facts)).status)
            assertEquals(Status.UNKNOWN, question.whatIf(facts, facts).after)
        }
        assertEquals(ProblemCode.MISSING, refused { question.evaluate(Facts(institution = Institution())) }.single().code)
    }

    @Test
    fun `a question shows what was asked, whatever becomes of the map`() {
        val (items, given) = mutableListOf(Value.of(1)) to mutableMapOf("year" to Value.of(2024))
        given["others"] = Value.Many(items)
        val shown = PolicySet.builtIn.question("cq-annual-cme", given, LocalDate.of(2024, 11, 15))
        val before = mapOf("year" to Value.of(2024), "others" to Value.Many(listOf(Value.of(1))))
        given["year"] = Value.of(1999)
        items += Value.of(2)
        assertEquals(before, shown.given)
    }

    @Test
    fun `whole numbers of 64 bits are whole numbers`() {
        val own = OWN.replace("\"decimal\"", "\"integer\"").replace("> 10", ">= 1000000000000000000")
        PolicySet.of(listOf(PolicyFile("own.toml", own))).use { set ->
            val points = { value: Value -> Facts(practitioner = Practitioner(extra = mapOf("points" to value))) }
            val question = set.question("own-check", asOf = LocalDate.of(2024, 6, 30))
            for (number in listOf(1_000_000_000_000_000_000L, Long.MAX_VALUE)) assertEquals(Status.MET, question.evaluate(points(Value.of(number))).status)
            for (number in listOf(999_999_999_999_999_999L, Long.MIN_VALUE)) assertEquals(Status.UNMET, question.evaluate(points(Value.of(number))).status)
            val beyond = BigDecimal(Long.MAX_VALUE).add(BigDecimal.ONE)
            for (number in listOf(beyond, beyond.negate().subtract(BigDecimal.ONE), BigDecimal("1E+20"))) {
                val problem = refused { question.evaluate(points(Value.of(number))) }.single()
                assertEquals(ProblemCode.OUT_OF_RANGE to "practitioner.extra.points", problem.code to problem.place)
            }
            for (number in listOf(Long.MAX_VALUE, Long.MIN_VALUE)) {
                assertEquals("""{"practitioner":{"extra":{"points":$number}}}""", points(Value.of(number)).toJson())
                assertEquals(points(Value.of(number)), Medtrain.factsFromJson(points(Value.of(number)).toJson()))
            }
        }
        val text = OWN.replace("\"decimal\"", "\"text\"").replace("extra.points > 10", "extra.points != null")
        val question = PolicySet.of(listOf(PolicyFile("own.toml", text))).question("own-check", asOf = LocalDate.of(2024, 6, 30))
        val asText = Facts(practitioner = Practitioner(extra = mapOf("points" to Value.of(Long.MAX_VALUE))))
        assertEquals(ProblemCode.WRONG_TYPE, refused { question.evaluate(asText) }.single().code)
    }

    @Test
    fun `what was linted and compared is JSON too`() {
        assertTrue(PolicySet.lint(PolicyFile("own.toml", OWN)).toJson().startsWith("{\"files\":[{"))
        assertTrue(PolicySet.difference(PolicyFile("a", OWN), PolicyFile("b", OWN.replace("> 10", "> 12"))).toJson().contains("own-points"))
        assertTrue(PolicySet.builtIn.policies().first().toJson().contains("\"id\""))
    }

    @Test
    fun `what if says what flips, and why says what it hangs on`() {
        val whatIf = annual().whatIf(doctor(22), doctor(40))
        assertEquals(Status.UNMET to Status.MET, whatIf.before to whatIf.after)
        assertTrue(whatIf.records.any { it.before == null && it.after != null })
        assertTrue(annual().explainWhatIf(doctor(22), doctor(40), Lang.EN).first().contains("met"))
        assertTrue(annual().why(doctor(22)).findings.isNotEmpty())
        assertTrue(annual().portions(doctor(22)).findings.isNotEmpty())
        assertTrue(annual().labels().provisions.any { it.provision == "cq-credits" })
    }

    @Test
    fun `policies are listed, with their days of a year`() {
        val set = PolicySet.builtIn
        assertTrue(set.policies().any { it.id == "cq-2017-25" })
        assertTrue(set.provisions().any { it.id == "cq-credits" })
        val decision = set.decisions().first { it.id == "cq-annual-cme" }
        assertEquals(listOf("year"), decision.given.map { it.name })
        assertTrue(Medtrain.calendar("cq-2017-25", 2024).all { it.from.year == 2024 })
    }

    @Test
    fun `a host adds policies of its own`() {
        PolicySet.of(listOf(PolicyFile("own.toml", OWN))).use { set ->
            val points = { value: Value -> Facts(practitioner = Practitioner(extra = mapOf("points" to value))) }
            val question = set.question("own-check", asOf = LocalDate.of(2024, 6, 30))
            assertEquals(Status.MET, question.evaluate(points(Value.of(BigDecimal("10.50")))).status)
            assertEquals(Status.UNMET, question.evaluate(points(Value.of(10))).status)
            assertEquals(Status.MET, question.evaluate(PreparedFacts(points(Value.of(11)))).status)
            assertEquals("practitioner.extra.points", refused { question.evaluate(points(Value.of("many"))) }.single().place)
            assertTrue(set.policies().any { it.id == "own" })
        }
        assertTrue(PolicySet.of(listOf(PolicyFile("own.toml", OWN)), builtIn = false).policies().map { it.id } == listOf("own"))
        assertTrue(PolicySet.of(without = listOf("cq-2017-25")).policies().none { it.id == "cq-2017-25" })
        assertFalse(PolicySet.difference(PolicyFile("a", OWN), PolicyFile("b", OWN.replace("> 10", "> 12"))).provisions.isEmpty())
        assertTrue(PolicySet.lint(PolicyFile("own.toml", OWN)).files.isNotEmpty())
    }

    @Test
    fun `facts from JSON are the objects that one would write`() {
        val text = doctor(7).toJson()
        assertEquals(doctor(7), Medtrain.factsFromJson(text))
        assertEquals(text, Medtrain.factsFromJson(text).toJson())
    }

    @Test
    fun `personal data stands in no text of an object`() {
        val text = doctor(1).toString()
        assertFalse(text.contains("张三"), text)
        assertTrue(text.contains("1001") && text.contains("name=(masked)"), text)
    }

    @Test
    fun `code lists have labels in both languages`() {
        assertEquals("professional", SubjectKind.PROFESSIONAL.code)
        assertEquals(SubjectKind.PUBLIC, SubjectKind.of("public"))
        assertNotNull(TitleGrade.entries.first().zh)
    }
}

/** A policy with a fact of its own. */
internal val OWN = """
    [policy]
    id = "own"
    number = "1"
    issued = 2024-01-01

    [[fact]]
    subject = "practitioner"
    name = "points"
    type = "decimal"
    zh = "积分"
    en = "points"

    [[provision]]
    id = "own-points"
    article = "1"
    subject = "practitioner"
    modality = "shall"
    require = 'extra.points > 10'

    [[decision]]
    id = "own-check"
    subject = "practitioner"
    all_of = ["own-points"]
""".trimIndent()
