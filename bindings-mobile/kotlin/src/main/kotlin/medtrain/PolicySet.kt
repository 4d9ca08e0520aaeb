package medtrain

import java.time.LocalDate
import medtrain.border.File
import medtrain.border.Policies

/** The text of a policy file, and what messages call it. */
public data class PolicyFile(
    /** What messages call it. */
    val name: String,
    /** Its text. */
    val text: String,
) {
    internal fun crossing() = File(whole(name, "name"), wholeFile(text, name))
}

/**
 * Policies that are asked together.
 *
 * It does not change, and any number of threads can ask the same one. What it holds outside of the Java heap is freed when it is closed, or when nobody
 * refers to it any more. One that was closed throws [IllegalStateException], and so do its questions; [builtIn] stays open.
 */
public class PolicySet private constructor(border: Policies, private val staysOpen: Boolean) : AutoCloseable {
    private val held = Held("PolicySet", border)

    /** What the border answers about these policies. */
    internal inline fun <R> ask(ask: (Policies) -> R): R = asked { held.lent(ask) }

    /** Every policy. */
    public fun policies(): List<PolicySummary> = ask { Source(it.policies()).list { PolicySummary.read(this) } }

    /** Every provision. */
    public fun provisions(): List<ProvisionSummary> = ask { Source(it.provisions()).list { ProvisionSummary.read(this) } }

    /** Every decision. */
    public fun decisions(): List<DecisionSummary> = ask { Source(it.decisions()).list { DecisionSummary.read(this) } }

    /** The days that a policy names for a year. */
    public fun calendar(policy: String, year: Int): List<CalendarEntry> =
        ask { Source(it.calendar(whole(policy, "policy"), year)).list { CalendarEntry.read(this) } }

    /** A decision on a day with what is given, to be asked of one subject after another; of facts as they were known on [knownOn], if that is said. */
    public fun question(decision: String, given: Map<String, Value> = emptyMap(), asOf: LocalDate, knownOn: LocalDate? = null): Question =
        Question(this, decision, given, asOf, knownOn)

    /** Whether a receipt still holds on these facts, and what has changed since. */
    public fun verify(receipt: Receipt, facts: Facts): Verification = verify(receipt.toJson(), facts)

    /** Whether a receipt, as JSON, still holds on these facts, and what has changed since. */
    public fun verify(receipt: String, facts: Facts): Verification =
        ask { Verification.read(Source(it.verify(whole(receipt, "receipt"), crossing(WireSink().also(facts::write).written())))) }

    /** A verdict in sentences, a line each; the result comes first, and what belongs to it is indented. */
    public fun explain(verdict: Verdict, lang: Lang): List<String> = ask { it.explain(crossing(WireSink().also(verdict::write).written()), lang.code) }

    override fun close() {
        if (!staysOpen) held.close()
    }

    public companion object {
        /** The built-in policies, for everyone: closing them does nothing. */
        public val builtIn: PolicySet by lazy { PolicySet(asked { Policies.load(true, emptyList(), emptyList()) }, staysOpen = true) }

        /** The built-in policies but for those of the ids [without], or none of them, and then those of [files]. */
        public fun of(files: List<PolicyFile> = emptyList(), builtIn: Boolean = true, without: List<String> = emptyList()): PolicySet =
            PolicySet(asked { Policies.load(builtIn, wholeIds(without), files.map { it.crossing() }) }, staysOpen = false)

        private fun wholeIds(without: List<String>) = without.mapIndexed { index, id -> whole(id, "without[$index]") }

        /** What is wrong with policy files, or probably not meant. */
        public fun lint(vararg files: PolicyFile): LintReport =
            asked { LintReport.read(Source(medtrain.border.lint(files.map { it.crossing() }))) }

        /** What one policy file says otherwise than another. */
        public fun difference(old: PolicyFile, new: PolicyFile): PolicyDifference =
            asked { PolicyDifference.read(Source(medtrain.border.difference(old.crossing(), new.crossing()))) }
    }
}
