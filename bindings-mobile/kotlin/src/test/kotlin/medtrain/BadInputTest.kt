package medtrain

import java.math.BigDecimal
import java.math.BigInteger
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class BadInputTest {
    private fun activities(vararg activities: Activity) = Facts(practitioner = Practitioner(activities = activities.toList()))

    private fun only(problems: List<Problem>, code: ProblemCode, place: String) {
        assertEquals(listOf(code to place), problems.map { it.code to it.place }, problems.toString())
    }

    @Test
    fun `every problem is told at once, each with its place and its cure`() {
        val facts = activities(Activity(credits = BigDecimal("-1")), Activity(hours = BigDecimal("1e400"), awardedOn = LocalDate.of(12024, 1, 1)))
        val problems = refused { annual().evaluate(facts) }
        val found = problems.map { it.code to it.place }
        val expected = setOf(
            ProblemCode.OUT_OF_RANGE to "practitioner.activities[0].credits",
            ProblemCode.WRONG_TYPE to "practitioner.activities[1].hours",
            ProblemCode.BAD_DATE to "practitioner.activities[1].awarded_on",
        )
        assertEquals(expected, found.toSet())
        assertNotNull(problems.first { it.code == ProblemCode.WRONG_TYPE }.cure)
        assertTrue(TrainingException(problems).message!!.contains("[bad_date]"))
    }

    @Test
    fun `what is wrong with the question and with the facts is told at once, the question first`() {
        val facts = activities(Activity(credits = BigDecimal("-1")))
        val others = activities(Activity(hours = BigDecimal("-1")))
        val (inFacts, inOthers) = "practitioner.activities[0].credits" to "practitioner.activities[0].hours"
        fun places(given: Map<String, Value> = emptyMap(), decision: String = "cq-annual-cme", ask: Question.() -> Unit) =
            refused { PolicySet.builtIn.question(decision, given, LocalDate.of(2024, 11, 15)).ask() }.map { it.place }
        val asks = listOf<Question.() -> Unit>({ evaluate(facts) }, { remedies(facts) }, { why(facts) }, { portions(facts) }, { receipt(facts) })
        for (ask in asks) {
            assertEquals(listOf("given.year", inFacts), places { ask() })
            assertEquals(listOf("given.yaer", "given.year", inFacts), places(mapOf("year" to Value.of("x"), "yaer" to Value.of(1))) { ask() })
            assertEquals(listOf("decision", inFacts), places(decision = "cq-anual-cme") { ask() })
        }
        assertEquals(listOf("given.year", inFacts, inOthers), places { whatIf(facts, others) })
        assertEquals(listOf("given.year", inFacts, inOthers), places { explainWhatIf(facts, others, Lang.EN) })
        val days = refused { Medtrain.evaluate("cq-annual-cme", facts, asOf = LocalDate.MAX, knownOn = LocalDate.MIN) }
        assertEquals(listOf("as_of", "known_on", inFacts), days.map { it.place })
    }

    @Test
    fun `numbers beyond all bounds are refused in no time`() {
        val refusals = mapOf(
            ProblemCode.WRONG_TYPE to listOf("1e400", "1e-400", "1E+2000000000", "1E-2000000000"),
            ProblemCode.OUT_OF_RANGE to listOf("9".repeat(29), "0." + "1".repeat(29), "9".repeat(100_000)),
        )
        for ((code, numbers) in refusals) {
            for (number in numbers) {
                only(refused { annual().evaluate(activities(Activity(credits = BigDecimal(number)))) }, code, "practitioner.activities[0].credits")
            }
        }
        val huge = Facts(institution = Institution(extra = mapOf("beds" to Value.of(BigDecimal("9".repeat(400))))))
        assertTrue(refused { annual().evaluate(huge) }.isNotEmpty())
    }

    @Test
    fun `a number has at most 28 digits as it is written, also where they are noughts`() {
        for (number in listOf("25." + "0".repeat(40), "0E-30", "2." + "0".repeat(28), "25." + "0".repeat(4000))) {
            only(refused { annual().evaluate(activities(Activity(credits = BigDecimal(number)))) }, ProblemCode.OUT_OF_RANGE, "practitioner.activities[0].credits")
        }
        val years = refused { Medtrain.evaluate("cq-annual-cme", doctor(1), mapOf("year" to Value.of(BigDecimal("2024." + "0".repeat(30)))), LocalDate.of(2024, 1, 1)) }
        only(years, ProblemCode.WRONG_TYPE, "given.year")
        assertTrue(years.single().message.contains("2024.000"), years.toString())
        assertEquals(doctorsYear(Value.of(2024)), doctorsYear(Value.of(BigDecimal("2024." + "0".repeat(24)))))
    }

    @Test
    fun `a whole number that is too large is refused`() {
        val field = Facts(practitioner = Practitioner(institution = Institution(staffCount = Long.MAX_VALUE)))
        only(refused { annual().evaluate(field) }, ProblemCode.OUT_OF_RANGE, "practitioner.institution.staff_count")
        val negative = Facts(practitioner = Practitioner(institution = Institution(staffCount = -1)))
        only(refused { annual().evaluate(negative) }, ProblemCode.OUT_OF_RANGE, "practitioner.institution.staff_count")
    }

    @Test
    fun `half of a character is no text`() {
        val problems = refused { annual().evaluate(Facts(practitioner = Practitioner(department = "内科\uD83D", name = "\uDE00"))) }
        assertEquals(setOf("practitioner.department", "practitioner.name"), problems.map { it.place }.toSet())
        assertTrue(problems.all { it.code == ProblemCode.WRONG_TYPE && it.cure != null })
        val whole = Facts(practitioner = Practitioner(department = "内科\uD83D\uDE00"))
        assertEquals(Status.UNKNOWN, annual().evaluate(whole).status)
        val ofPolicy = refused { annual().evaluate(Facts(practitioner = Practitioner(extra = mapOf("\uD83D" to Value.of(1))))) }
        assertTrue(ofPolicy.isNotEmpty())
        val given = refused { PolicySet.builtIn.question("cq-annual-cme", mapOf("year" to Value.of("\uD83D")), LocalDate.of(2024, 1, 1)) }
        only(given, ProblemCode.WRONG_TYPE, "given.year")
    }

    @Test
    fun `half of a character is no text either that goes by itself`() {
        val half = "a\n一\uD83D"
        val places = mapOf<String, () -> Unit>(
            "facts" to { Medtrain.factsFromJson("""{"practitioner": {"name": "$half"}}""") },
            "own.toml:2:2" to { PolicySet.of(listOf(PolicyFile("own.toml", half))) },
            "second.toml:2:2" to { PolicySet.lint(PolicyFile("first.toml", OWN), PolicyFile("second.toml", half)) },
            "new.toml:2:2" to { PolicySet.difference(PolicyFile("old.toml", OWN), PolicyFile("new.toml", half)) },
            "name" to { PolicySet.of(listOf(PolicyFile(half, OWN))) },
            "without[1]" to { PolicySet.of(without = listOf("cq-2017-25", half)) },
            "receipt" to { Medtrain.verify(half, doctor(1)) },
            "policy" to { Medtrain.calendar(half, 2024) },
            "decision" to { Medtrain.evaluate(half, doctor(1), asOf = LocalDate.of(2024, 1, 1)) },
            "subject_id" to { annual().evaluate(doctor(1)).copy(subjectId = half).explain(Lang.EN) },
        )
        for ((place, ask) in places) only(refused(ask), ProblemCode.WRONG_TYPE, place)
    }

    @Test
    fun `a verdict with a day that no calendar has is refused with its place`() {
        val verdict = annual().evaluate(doctor(1))
        for (day in listOf(LocalDate.MAX, LocalDate.MIN, LocalDate.of(10000, 1, 1))) {
            only(refused { verdict.copy(asOf = day).explain(Lang.EN) }, ProblemCode.BAD_DATE, "as_of")
        }
        val other = verdict.copy(findings = verdict.findings.map { it.copy(due = LocalDate.MAX) })
        only(refused { other.explain(Lang.EN) }, ProblemCode.BAD_DATE, "findings[0].due")
    }

    @Test
    fun `values without end are refused, and as deep as in other languages`() {
        fun nested(levels: Int): Value = (1..levels).fold(Value.of(1)) { inner, _ -> Value.Many(listOf(inner)) }
        fun points(levels: Int) = Facts(practitioner = Practitioner(extra = mapOf("points" to nested(levels))))
        // The facts, the practitioner and what is its own lie around it.
        assertTrue(points(61).toJson().contains("[1]"))
        assertEquals(ProblemCode.UNKNOWN_NAME, refused { annual().evaluate(points(61)) }.single().code)
        for (levels in listOf(62, 100_000)) {
            for (problem in listOf(refused { points(levels).toJson() }.single(), refused { annual().evaluate(points(levels)) }.single())) {
                assertEquals(ProblemCode.TOO_LARGE, problem.code)
                assertEquals("practitioner.extra.points" + "[0]".repeat(61), problem.place)
            }
        }
        val given = refused { PolicySet.builtIn.question("cq-annual-cme", mapOf("year" to nested(100_000)), LocalDate.of(2024, 1, 1)) }
        assertEquals(ProblemCode.TOO_LARGE to true, given.single().code to given.single().place.startsWith("given.year[0]"))
    }

    @Test
    fun `values without end are refused`() {
        var value = Value.of(1)
        repeat(1_000_000) { value = Value.Many(listOf(value)) }
        val problem = refused { annual().evaluate(Facts(practitioner = Practitioner(extra = mapOf("points" to value)))) }.single()
        assertEquals(ProblemCode.TOO_LARGE, problem.code)
        assertTrue(problem.place.startsWith("practitioner.extra.points[0][0]"), problem.place)
        assertNotNull(problem.cure)
    }

    @Test
    fun `a list that throws or changes while it is read ends with that, and the next question is answered`() {
        val throwing = object : AbstractList<Activity>() {
            override val size = 1

            override fun get(index: Int): Activity = throw ArithmeticException("by zero")
        }
        assertThrows(ArithmeticException::class.java) { annual().evaluate(Facts(practitioner = Practitioner(activities = throwing))) }
        for (told in listOf(1, 3)) {
            val changing = object : AbstractList<Activity>() {
                private var asked = 0
                override val size get() = if (asked++ == 0) told else 2

                override fun get(index: Int) = Activity()
            }
            assertThrows(ConcurrentModificationException::class.java) { annual().evaluate(Facts(practitioner = Practitioner(activities = changing))) }
        }
        assertEquals(2, annual().evaluate(activities(Activity(), Activity())).records.size)
    }

    @Test
    fun `what no policy declares is refused, and the nearest is named`() {
        val problem = refused { annual().evaluate(Facts(practitioner = Practitioner(extra = mapOf("credts" to Value.of(1))))) }.single()
        assertEquals(ProblemCode.UNKNOWN_NAME to "practitioner.extra.credts", problem.code to problem.place)
        val absent = refused { annual().evaluate(Facts(practitioner = Practitioner(unknown = listOf("title_grad")))) }.single()
        assertEquals(ProblemCode.UNKNOWN_NAME, absent.code)
        assertTrue(absent.cure!!.contains("title_grade"))
        val decision = refused { Medtrain.evaluate("cq-anual-cme", doctor(1), asOf = LocalDate.of(2024, 1, 1)) }.single()
        assertEquals("did you mean `cq-annual-cme`?", decision.cure)
    }

    @Test
    fun `what is given is checked`() {
        val ask = { given: Map<String, Value> -> refused { Medtrain.evaluate("cq-annual-cme", doctor(1), given, LocalDate.of(2024, 1, 1)) } }
        only(ask(emptyMap()), ProblemCode.MISSING, "given.year")
        only(ask(mapOf("year" to Value.of(BigDecimal("2024.5")))), ProblemCode.WRONG_TYPE, "given.year")
        only(ask(mapOf("year" to Value.of("2024"))), ProblemCode.WRONG_TYPE, "given.year")
        for (year in listOf(BigDecimal(BigInteger.TWO.pow(64)), BigDecimal(BigInteger.TWO.pow(70)).negate(), BigDecimal("1e40"))) {
            only(ask(mapOf("year" to Value.of(year))), ProblemCode.OUT_OF_RANGE, "given.year")
        }
        for (year in listOf(Value.of(true), Value.of("２０２４"), Value.of(LocalDate.of(2024, 1, 1)), Value.Many(listOf(Value.of(2024))), Value.None)) {
            only(ask(mapOf("year" to year)), ProblemCode.WRONG_TYPE, "given.year")
        }
        assertEquals(doctorsYear(Value.of(2024)), doctorsYear(Value.of(BigDecimal("2.024E+3"))))
        only(ask(mapOf("year" to Value.of(2024), "yaer" to Value.of(1))), ProblemCode.UNKNOWN_NAME, "given.yaer")
        only(refused { Medtrain.evaluate("cq-annual-cme", doctor(1), asOf = LocalDate.MAX) }, ProblemCode.BAD_DATE, "as_of")
    }

    private fun doctorsYear(year: Value) = Medtrain.evaluate("cq-annual-cme", doctor(1), mapOf("year" to year), LocalDate.of(2024, 1, 1)).given

    @Test
    fun `facts about something else are refused`() {
        only(refused { annual().evaluate(Facts(institution = Institution())) }, ProblemCode.MISSING, "practitioner")
        only(refused { annual().evaluate(PreparedFacts(Facts(institution = Institution()))) }, ProblemCode.MISSING, "practitioner")
    }

    @Test
    fun `text that is no JSON, no policy or no receipt says where`() {
        val facts = refused { Medtrain.factsFromJson("""{"practitioner": {"titel": 1, "birth_date": "2024-02-30"}}""") }
        assertEquals(setOf(ProblemCode.UNKNOWN_NAME, ProblemCode.BAD_DATE), facts.map { it.code }.toSet())
        assertEquals(ProblemCode.SYNTAX, refused { Medtrain.factsFromJson("{") }.single().code)
        val policy = refused { PolicySet.of(listOf(PolicyFile("own.toml", OWN.replace("> 10", "> ten")))) }
        assertTrue(policy.any { it.place.startsWith("own.toml:") && it.excerpt != null }, policy.toString())
        assertEquals(ProblemCode.SYNTAX, refused { Medtrain.verify("no receipt", doctor(1)) }.single().code)
    }

    @Test
    fun `a set that was closed is refused by name and nothing else happens`() {
        val set = PolicySet.of(builtIn = false)
        set.close()
        val thrown = runCatching { set.policies() }.exceptionOrNull()
        assertTrue(thrown is IllegalStateException, thrown.toString())
    }
}
