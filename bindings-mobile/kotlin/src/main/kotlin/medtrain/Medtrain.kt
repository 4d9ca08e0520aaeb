package medtrain

import java.time.LocalDate

/** Under the rules in force on a day: is what is asked of this subject there, and if not, what is missing? */
public object Medtrain {
    /** The verdict of a decision about these facts on a day; as they were known on [knownOn], if that is said. */
    public fun evaluate(
        decision: String,
        facts: Facts,
        given: Map<String, Value> = emptyMap(),
        asOf: LocalDate,
        knownOn: LocalDate? = null,
        policies: PolicySet = PolicySet.builtIn,
    ): Verdict = policies.question(decision, given, asOf, knownOn).evaluate(facts)

    /** What can still be done about it, and when it will be met by itself; about facts as they were known on [knownOn], if that is said. */
    public fun remedies(
        decision: String,
        facts: Facts,
        given: Map<String, Value> = emptyMap(),
        asOf: LocalDate,
        knownOn: LocalDate? = null,
        policies: PolicySet = PolicySet.builtIn,
    ): Remedies = policies.question(decision, given, asOf, knownOn).remedies(facts)

    /** What the verdict would be otherwise if the facts were others; both as they were known on [knownOn], if that is said. */
    public fun whatIf(
        decision: String,
        facts: Facts,
        others: Facts,
        given: Map<String, Value> = emptyMap(),
        asOf: LocalDate,
        knownOn: LocalDate? = null,
        policies: PolicySet = PolicySet.builtIn,
    ): WhatIf = policies.question(decision, given, asOf, knownOn).whatIf(facts, others)

    /** The verdict with what it rests on, sealed, so that it can be checked again years later; about facts as they were known on [knownOn], if that is said. */
    public fun receipt(
        decision: String,
        facts: Facts,
        given: Map<String, Value> = emptyMap(),
        asOf: LocalDate,
        knownOn: LocalDate? = null,
        policies: PolicySet = PolicySet.builtIn,
    ): Receipt = policies.question(decision, given, asOf, knownOn).receipt(facts)

    /** Whether a receipt still holds on these facts, and what has changed since. */
    public fun verify(receipt: Receipt, facts: Facts, policies: PolicySet = PolicySet.builtIn): Verification = policies.verify(receipt, facts)

    /** Whether a receipt, as JSON, still holds on these facts, and what has changed since. */
    public fun verify(receipt: String, facts: Facts, policies: PolicySet = PolicySet.builtIn): Verification = policies.verify(receipt, facts)

    /** The days that a policy names for a year. */
    public fun calendar(policy: String, year: Int, policies: PolicySet = PolicySet.builtIn): List<CalendarEntry> = policies.calendar(policy, year)

    /** Facts from JSON text; what is wrong with it is told with every path. */
    public fun factsFromJson(text: String): Facts = asked { Facts.read(Source(medtrain.border.factsOfJson(whole(text, "facts")))) }
}

/** The verdict in sentences, a line each; the result comes first, and what belongs to it is indented. */
public fun Verdict.explain(lang: Lang, policies: PolicySet = PolicySet.builtIn): List<String> = policies.explain(this, lang)

/** The verdict in one line. */
public fun Verdict.headline(lang: Lang, policies: PolicySet = PolicySet.builtIn): String = explain(lang, policies).first()

/** The verdict as canonical JSON: the same bytes in every language. */
public fun Verdict.toJson(): String = JsonSink().also(::write).toString()

/** The remedies as canonical JSON: the same bytes in every language. */
public fun Remedies.toJson(): String = JsonSink().also(::write).toString()

/** What it says as canonical JSON: the same bytes in every language. */
public fun WhatIf.toJson(): String = JsonSink().also(::write).toString()

/** What it says as canonical JSON: the same bytes in every language. */
public fun Why.toJson(): String = JsonSink().also(::write).toString()

/** The portions as canonical JSON: the same bytes in every language. */
public fun Portions.toJson(): String = JsonSink().also(::write).toString()

/** The labels as canonical JSON: the same bytes in every language. */
public fun Labels.toJson(): String = JsonSink().also(::write).toString()

/** What was verified as canonical JSON: the same bytes in every language. */
public fun Verification.toJson(): String = JsonSink().also(::write).toString()

/** The day as canonical JSON: the same bytes in every language. */
public fun CalendarEntry.toJson(): String = JsonSink().also(::write).toString()

/** The policy as canonical JSON: the same bytes in every language. */
public fun PolicySummary.toJson(): String = JsonSink().also(::write).toString()

/** The provision as canonical JSON: the same bytes in every language. */
public fun ProvisionSummary.toJson(): String = JsonSink().also(::write).toString()

/** The decision as canonical JSON: the same bytes in every language. */
public fun DecisionSummary.toJson(): String = JsonSink().also(::write).toString()

/** What was found in policy files as canonical JSON: the same bytes in every language. */
public fun LintReport.toJson(): String = JsonSink().also(::write).toString()

/** What one policy file says otherwise than another as canonical JSON: the same bytes in every language. */
public fun PolicyDifference.toJson(): String = JsonSink().also(::write).toString()

/** The receipt as canonical JSON (RFC 8785): one line, keys in order. */
public fun Receipt.toJson(): String = JsonSink(sorted = true).also(::write).toString()

/** The facts as JSON, as every language reads them; values without end are refused. */
public fun Facts.toJson(): String = JsonSink().also(::write).toString()
