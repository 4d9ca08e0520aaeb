package medtrain

import java.nio.ByteBuffer
import java.time.LocalDate
import medtrain.border.Known

/** A decision on a day with what is given, to be asked of one subject after another; any number of threads can ask it. */
public class Question internal constructor(
    private val policies: PolicySet,
    /** The decision asked, such as `cq-annual-cme`. */
    public val decision: String,
    /** What is given with it, such as the year. */
    public val given: Map<String, Value>,
    /** The day on which it is asked; it decides which rules are in force. */
    public val asOf: LocalDate,
    /** The day as known on which facts are taken: what was recorded later is left out. */
    public val knownOn: LocalDate? = null,
) {
    private val written: ByteArray = WireSink().also { to ->
        to.begin()
        to.name("decision"); to.text(decision)
        to.name("given"); to.values(given)
        to.name("as_of"); to.day(asOf)
        if (knownOn != null) { to.name("known_on"); to.day(knownOn) }
        to.end()
    }.written()

    /** The verdict about these facts. */
    public fun evaluate(facts: Facts): Verdict = asked { Verdict.read(Source(policies.border.evaluate(of(facts)))) }

    /** The verdict about facts that were prepared. */
    public fun evaluate(facts: PreparedFacts): Verdict = asked { Verdict.read(Source(policies.border.evaluateKnown(crossing(written), facts.border))) }

    /** What can still be done, and when it will be met by itself. */
    public fun remedies(facts: Facts): Remedies = asked { Remedies.read(Source(policies.border.remedies(of(facts)))) }

    /** What the answer would be otherwise if the facts were others. */
    public fun whatIf(facts: Facts, others: Facts): WhatIf = asked { WhatIf.read(Source(policies.border.whatIf(of(facts, others)))) }

    /** What the answer would be otherwise if the facts were others, in sentences. */
    public fun explainWhatIf(facts: Facts, others: Facts, lang: Lang): List<String> =
        asked { policies.border.explainWhatIf(of(facts, others), lang.code) }

    /** Why the answer is what it is: every condition taken apart, with its values and the facts they came from. */
    public fun why(facts: Facts): Why = asked { Why.read(Source(policies.border.why(of(facts)))) }

    /** What the figures of the verdict are made of. */
    public fun portions(facts: Facts): Portions = asked { Portions.read(Source(policies.border.portions(of(facts)))) }

    /** The verdict with what it rests on, sealed. */
    public fun receipt(facts: Facts): Receipt = asked { Receipt.read(Source(policies.border.receipt(of(facts)))) }

    /** How people call what it speaks of. */
    public fun labels(): Labels = asked { Labels.read(Source(policies.border.labels(crossing(written)))) }

    /** What can still be done in sentences, a line for each alternative and for what nothing helps any more. */
    public fun explain(remedies: Remedies, lang: Lang): List<String> =
        asked { policies.border.explainRemedies(crossing(WireSink().after(written).also(remedies::write).written()), lang.code) }

    private fun of(vararg facts: Facts): ByteBuffer = crossing(WireSink().after(written).also { to -> facts.forEach { it.write(to) } }.written())
}

/** Facts that are checked once and asked about often, by any question and any number of threads. */
public class PreparedFacts(facts: Facts) : AutoCloseable {
    internal val border: Known = asked { Known.read(crossing(WireSink().also(facts::write).written())) }

    override fun close(): Unit = border.close()
}
