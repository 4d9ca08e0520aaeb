package medtrain

import java.math.BigDecimal
import java.time.LocalDate

/** A doctor with this many records of the year, each of one credit and four hours. */
internal fun doctor(records: Int, credits: String = "1"): Facts = Facts(
    practitioner = Practitioner(
        personId = "1001",
        name = "张三",
        titleGrade = TitleGrade.INTERMEDIATE,
        activities = List(records) { index ->
            Activity(
                awardedOn = LocalDate.of(2024, 3, 1).plusDays(index.toLong()),
                credits = BigDecimal(credits),
                hours = BigDecimal("4"),
                subjectKind = if (index % 6 == 0) SubjectKind.PUBLIC else SubjectKind.PROFESSIONAL,
                jobRelated = true,
                professionRelated = true,
                electronic = true,
            )
        },
    ),
)

/** A question of the built-in policies. */
internal fun annual(asOf: LocalDate = LocalDate.of(2024, 11, 15)): Question =
    PolicySet.builtIn.question("cq-annual-cme", mapOf("year" to Value.of(2024)), asOf)

/** What this throws. */
internal fun refused(ask: () -> Unit): List<Problem> = try {
    ask()
    throw AssertionError("nothing was refused")
} catch (refused: TrainingException) {
    refused.problems
}
