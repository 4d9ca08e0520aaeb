// What the border costs: `npm run build && npm run bench`. It prints what each way takes at least, and what that is beside the core's own time.

import { check, evaluate, evaluateJson, fromJson, status, toJson } from '../index.mjs';
import { jsonOf, native, objectOf, shapes } from '../lib/border.js';

const ROUNDS = 1000;
const records = Number(process.argv[2] ?? 40);
const question = { given: { year: 2024 }, asOf: '2024-11-15' };
const facts = {
  practitioner: {
    personId: '1001',
    name: '王小明',
    titleGrade: 'intermediate',
    activities: Array.from({ length: records }, (_, n) => ({
      awardedOn: `2024-0${1 + (n % 9)}-1${n % 10}`,
      credits: `${n % 5}.5`,
      hours: `${n % 8}`,
      subjectKind: n % 3 === 0 ? 'public' : 'professional',
      jobRelated: n % 2 === 0,
      professionRelated: true,
      electronic: true,
      activityName: `第${n}期继续医学教育项目`,
    })),
  },
};

/** How many microseconds a call takes: the least of many short rounds, which others on the machine disturb least. */
function microseconds(run) {
  const CALLS = 4;
  let least = Number.POSITIVE_INFINITY;
  for (let begun = performance.now(); performance.now() - begun < 300; ) run();
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    for (let call = 0; call < CALLS; call++) run();
    least = Math.min(least, (performance.now() - begun) / CALLS);
  }
  return least * 1000;
}

const shape = shapes.get('Facts');
const text = jsonOf(facts, shape, '', []);
const checked = check(facts);
const held = native.check(text);
const policies = native.Policies.builtin();
const asked = { decision: 'cq-annual-cme', given: '{"year":2024}', asOf: question.asOf, knownOn: undefined };
const verdict = evaluate('cq-annual-cme', facts, question);
const verdictText = policies.evaluate(asked, held);

/** What the core alone takes, timed inside of it. */
function alone(verdicts) {
  const CALLS = 8;
  return Math.min(...Array.from({ length: ROUNDS }, () => (policies.secondsAlone(asked, held, CALLS, verdicts) * 1e6) / CALLS));
}

const core = alone(true);
const coreStatus = alone(false);
const plain = microseconds(() => JSON.parse(JSON.stringify(facts)));
const rows = [
  ['the core alone: a question asked, its verdict about facts at hand', core],
  ['the core alone: a question asked, its status about facts at hand', coreStatus],
  ['JSON.stringify and JSON.parse of the facts', plain],
  ['JSON.stringify and JSON.parse of the verdict', microseconds(() => JSON.parse(JSON.stringify(verdict)))],
  ['objects to verdict object: evaluate(decision, facts, ..)', microseconds(() => evaluate('cq-annual-cme', facts, question))],
  ['  of this: facts to text', microseconds(() => jsonOf(facts, shape, '', []))],
  ['  of this: text to checked facts', microseconds(() => native.check(text))],
  ['  of this: text to verdict object', microseconds(() => objectOf(verdictText))],
  ['objects to canonical JSON: evaluateJson(decision, facts, ..)', microseconds(() => evaluateJson('cq-annual-cme', facts, question))],
  ['checked facts to verdict object: evaluate(decision, checked, ..)', microseconds(() => evaluate('cq-annual-cme', checked, question))],
  ['checked facts to canonical JSON: evaluateJson(decision, checked, ..)', microseconds(() => evaluateJson('cq-annual-cme', checked, question))],
  ['checked facts to status: status(decision, checked, ..)', microseconds(() => status('cq-annual-cme', checked, question))],
  ['verdict object to canonical JSON: toJson(verdict)', microseconds(() => toJson(verdict))],
  ['facts of canonical JSON: fromJson(text, ..)', microseconds(() => fromJson(text, 'Facts'))],
];
console.log(`${records} records, facts of ${text.length} and verdict of ${verdictText.length} characters; microseconds`);
for (const [what, time] of rows) console.log(`${what.padEnd(64)}${time.toFixed(1).padStart(8)}`);
const at = (beginning) => rows.find(([what]) => what.startsWith(beginning))[1];
const border = at('objects to verdict') - core;
const both = plain + at('JSON.stringify and JSON.parse of the verdict');
console.log(`objects, over the core: ${border.toFixed(1)} µs, which is ${(border / plain).toFixed(2)} of stringify and parse of the facts,`);
console.log(`  and ${(border / both).toFixed(2)} of stringify and parse of the facts and of the verdict`);
console.log(`checked facts, over the core: verdict object ${(at('checked facts to verdict') - core).toFixed(1)} µs, canonical JSON ${(at('checked facts to canonical') - core).toFixed(1)} µs,`);
console.log(`  status ${(at('checked facts to status') - coreStatus).toFixed(1)} µs`);
