package medtrain

import java.nio.ByteBuffer
import java.time.LocalDate
import medtrain.border.Known

/** A decision on a day with what is given, to be asked of one subject after another; any number of threads can ask it. */
public class Question internal constructor(
    private val policies: PolicySet,
    /** The decision asked, such as `cq-annual-cme`. */
    public val decision: String,
    given: Map<String, Value>,
    /** The day on which it is asked; it decides which rules are in force. */
    public val asOf: LocalDate,
    /** The day as known on which facts are taken: what was recorded later is left out. */
    public val knownOn: LocalDate? = null,
) {
    /** What is given with it, such as the year; what becomes of the map that was handed over changes nothing. */
    public val given: Map<String, Value> = kept(given)

    private val written: ByteArray = WireSink().also { to ->
        to.begin()
        to.name("decision"); to.text(decision)
        to.name("given"); to.values(this.given)
        to.name("as_of"); to.day(asOf)
        if (knownOn != null) { to.name("known_on"); to.day(knownOn) }
        to.end()
    }.written()

    /** The verdict about these facts. */
    public fun evaluate(facts: Facts): Verdict = policies.ask { Verdict.read(Source(it.evaluate(of(facts)))) }

    /** The verdict about facts that were prepared. */
    public fun evaluate(facts: PreparedFacts): Verdict =
        policies.ask { border -> facts.lent { Verdict.read(Source(border.evaluateKnown(crossing(written), it))) } }

    /** What can still be done, and when it will be met by itself. */
    public fun remedies(facts: Facts): Remedies = policies.ask { Remedies.read(Source(it.remedies(of(facts)))) }

    /** What the answer would be otherwise if the facts were others. */
    public fun whatIf(facts: Facts, others: Facts): WhatIf = policies.ask { WhatIf.read(Source(it.whatIf(of(facts, others)))) }

    /** What the answer would be otherwise if the facts were others, in sentences. */
    public fun explainWhatIf(facts: Facts, others: Facts, lang: Lang): List<String> =
        policies.ask { it.explainWhatIf(of(facts, others), lang.code) }

    /** Why the answer is what it is: every condition taken apart, with its values and the facts they came from. */
    public fun why(facts: Facts): Why = policies.ask { Why.read(Source(it.why(of(facts)))) }

    /** What the figures of the verdict are made of. */
    public fun portions(facts: Facts): Portions = policies.ask { Portions.read(Source(it.portions(of(facts)))) }

    /** The verdict with what it rests on, sealed. */
    public fun receipt(facts: Facts): Receipt = policies.ask { Receipt.read(Source(it.receipt(of(facts)))) }

    /** How people call what it speaks of. */
    public fun labels(): Labels = policies.ask { Labels.read(Source(it.labels(crossing(written)))) }

    /** What can still be done in sentences, a line for each alternative and for what nothing helps any more. */
    public fun explain(remedies: Remedies, lang: Lang): List<String> =
        policies.ask { it.explainRemedies(crossing(WireSink().after(written).also(remedies::write).written()), lang.code) }

    private fun of(vararg facts: Facts): ByteBuffer = crossing(WireSink().after(written).also { to -> facts.forEach { it.write(to) } }.written())
}

/**
 * Facts that are checked once and asked about often, by any question and any number of threads.
 *
 * What they hold outside of the Java heap is freed when they are closed, or when nobody refers to them any more. Ones that were closed throw
 * [IllegalStateException]; a question that is being answered about them on another thread gets its answer.
 */
public class PreparedFacts(facts: Facts) : AutoCloseable {
    private val held = Held("PreparedFacts", asked { Known.read(crossing(WireSink().also(facts::write).written())) })

    /** The answer that these facts are needed for. */
    internal inline fun <R> lent(ask: (Known) -> R): R = held.lent(ask)

    override fun close(): Unit = held.close()
}
