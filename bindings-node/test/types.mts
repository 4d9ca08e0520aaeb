// What the types allow, and what they must refuse: `tsc --strict` is the test. Each `@ts-expect-error` fails where the line under it is allowed.

import { check, evaluate, headline, remedies, verify, toJson, fromJson, checkWorkbook, evaluateTable, quotas, ranking, receipt, regionReport, TrainingError, PolicySet, type Facts, type Status, type Step, type Verdict } from '../index.mjs';

/** Reached by no value, where a switch is exhaustive. */
function never(value: never): never {
  throw new Error(String(value));
}

const facts: Facts = {
  practitioner: {
    personId: '1001',
    titleGrade: 'intermediate',
    activities: [{ awardedOn: '2024-05-10', credits: '21.5', hours: '72', subjectKind: 'professional', electronic: true }],
    extra: { own_fact: ['a', 1, 2n, { inner: null }] },
  },
};
const question = { given: { year: 2024 }, asOf: '2024-09-23' };

// @ts-expect-error A credit is text: a number would be a binary float.
const inexact: Facts = { practitioner: { activities: [{ credits: 21.5 }] } };
// @ts-expect-error A code is one of its list.
const code: Facts = { practitioner: { titleGrade: 'seniro' } };
// @ts-expect-error A field that there is not.
const field: Facts = { practitioner: { persnId: '1001' } };
// @ts-expect-error Objects have the names of JavaScript.
const snake: Facts = { practitioner: { person_id: '1001' } };
// @ts-expect-error A date is text, since a Date has a time and a time zone.
const date: Facts = { practitioner: { activities: [{ awardedOn: new Date() }] } };
// @ts-expect-error The day is always asked for.
evaluate('cq-annual-cme', facts, { given: { year: 2024 } });
// @ts-expect-error A language that there is not.
PolicySet.builtin().explain(evaluate('cq-annual-cme', facts, question), 'fr');
// @ts-expect-error A set is made by its own functions.
new PolicySet();
// @ts-expect-error A workbook needs a decision.
void checkWorkbook('register.xlsx', question);

// @ts-expect-error An option that there is not.
evaluate('cq-annual-cme', facts, { ...question, knownon: '2024-06-30' });
// @ts-expect-error Tables are judged as they stand.
void evaluateTable('cq-annual-cme', { subjects: new Uint8Array() }, { ...question, knownOn: '2024-06-30' });
// @ts-expect-error A region is counted as it stands.
void regionReport('city.xlsx', { ...question, knownOn: '2024-06-30' });
// @ts-expect-error Quotas are told as they stand.
void quotas('programme.xlsx', { ...question, knownOn: '2024-06-30' });
// @ts-expect-error A shared set is more than its number.
PolicySet.shared({ number: 1 });

const verdict: Verdict = evaluate('cq-annual-cme', facts, question);
// @ts-expect-error A verdict is read, not written.
verdict.status = 'met';

/** Every status. */
function words(status: Status): string {
  switch (status) {
    case 'met':
      return 'met';
    case 'unmet':
      return 'not met';
    case 'waivable':
      return 'for the authority to decide';
    case 'not_applicable':
      return 'not asked';
    case 'unknown':
      return 'unknown';
    default:
      return never(status);
  }
}

/** All but one: the type of what is left says so. */
function missing(status: Status): string {
  switch (status) {
    case 'met':
    case 'unmet':
    case 'waivable':
    case 'not_applicable':
      return status;
    default:
      // @ts-expect-error `unknown` is left.
      return never(status);
  }
}

/** Every kind of step, each with its own fields. */
function steps(step: Step): string {
  switch (step.kind) {
    case 'add_record':
      return step.list;
    case 'set_fact':
      return step.path;
    case 'wait':
      return step.until;
    default:
      return never(step);
  }
}

/** A field of one kind of step is not there before the kind is known. */
function unchecked(step: Step): void {
  // @ts-expect-error Only a step of one kind has a list.
  step.list;
}

async function region(): Promise<string> {
  const { report, publication, rows } = await regionReport('city.xlsx', { ...question, publishes: 'cq-municipal-duties' });
  const { ranking: ranked } = await ranking('results.xlsx', question);
  const short: readonly Verdict[] = (await quotas('programme.xlsx', { asOf: '2024-11-15' })).verdicts;
  // @ts-expect-error A list that was not asked for is not there.
  publication.announced;
  // @ts-expect-error A ranking has no verdicts beside its lines.
  (await ranking('results.xlsx', question)).verdicts;
  return [report.groups[0]?.kind, publication?.announced[0]?.name, rows[0]?.[0], ranked.lines[0]?.now?.fromLast, short.length].join();
}

const line: string = headline(verdict, 'en');
const holds: boolean = verify(receipt('cq-annual-cme', facts, question), check(facts)).holds;
const canonical: string = toJson(check(facts), 'Facts');
const sentence: string = words(verdict.status) + missing(verdict.status);
const told: readonly string[] = remedies('cq-annual-cme', facts, question).remedies.flatMap((remedy) => remedy.steps.map(steps));
const again: Facts = fromJson(toJson(facts, 'Facts'), 'Facts');
// @ts-expect-error Facts are no verdict.
toJson(facts, 'Verdict');
const shortfall: string | undefined = verdict.findings[0]?.shortfall;

try {
  evaluate('cq-annual-cme', again, question);
} catch (error) {
  if (error instanceof TrainingError) {
    const place: string | undefined = error.problems[0]?.place;
    const cure: string | undefined = error.problems[0]?.cure;
    void [place, cure, error.code === 'bad_date'];
    // @ts-expect-error A code that there is not.
    void (error.code === 'bad_dat');
  }
}
void [line, holds, canonical, inexact, code, field, snake, date, sentence, told, shortfall, unchecked, region];
