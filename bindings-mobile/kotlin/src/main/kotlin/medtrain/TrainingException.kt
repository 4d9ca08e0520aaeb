package medtrain

import medtrain.border.Refusal

/** An input that cannot be used, with every problem that was found in it. */
public class TrainingException(
    /** The problems, in the order of their places; never empty. */
    public val problems: List<Problem>,
) : RuntimeException(problems.joinToString("\n") { told(it) }) {
    /** What kind of problem the first one is. */
    public val code: ProblemCode get() = problems.first().code
}

private fun told(problem: Problem): String {
    val excerpt = problem.excerpt?.let { "\n$it" } ?: ""
    val cure = problem.cure?.let { "\n  help: $it" } ?: ""
    return "${problem.place}: ${problem.message} [${problem.code.code}]$excerpt$cure"
}

/** What the border answers, or throws in the manner of Kotlin. */
internal inline fun <T> asked(ask: () -> T): T = try {
    ask()
} catch (refusal: Refusal) {
    throw of(refusal)
}

internal fun of(refusal: Refusal): TrainingException = when (refusal) {
    is Refusal.Refused -> TrainingException(Source(refusal.problems).list { Problem.read(this) })
}
