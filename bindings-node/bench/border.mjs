// What the border costs: `npm run build && npm run bench`. It prints medians of many rounds, and what is beside the core's own time.

import { check, evaluate, evaluateJson, fromJson, toJson } from '../index.mjs';
import { jsonOf, native, objectOf, shapes } from '../lib/border.js';

const ROUNDS = 41;
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
      name: `第${n}期继续医学教育项目`,
    })),
  },
};

/** The median time of a call, in microseconds. */
function microseconds(run) {
  const times = [];
  let calls = 1;
  for (let begun = performance.now(); performance.now() - begun < 200; ) run();
  while (timed(run, calls) < 2) calls *= 2;
  for (let round = 0; round < ROUNDS; round++) times.push((timed(run, calls) / calls) * 1000);
  return times.sort((a, b) => a - b)[ROUNDS >> 1];
}

function timed(run, calls) {
  const begun = performance.now();
  for (let call = 0; call < calls; call++) run();
  return performance.now() - begun;
}

const shape = shapes.get('Facts');
const text = jsonOf(facts, shape, '', []);
const checked = check('cq-annual-cme', facts);
const policies = native.Policies.builtin();
const asked = { decision: 'cq-annual-cme', given: '{"year":2024}', asOf: question.asOf, knownOn: undefined };
const verdict = evaluate('cq-annual-cme', facts, question);
const verdictText = policies.evaluate(asked, checked.native);

/** What the core alone takes, timed inside of it. */
function alone(verdicts) {
  const times = Array.from({ length: ROUNDS }, () => (policies.secondsAlone(asked, checked.native, 200, verdicts) * 1e6) / 200);
  return times.sort((a, b) => a - b)[ROUNDS >> 1];
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
  ['  of this: text to checked facts', microseconds(() => policies.checkFacts('cq-annual-cme', text))],
  ['  of this: text to verdict object', microseconds(() => objectOf(verdictText))],
  ['objects to canonical JSON: evaluateJson(decision, facts, ..)', microseconds(() => evaluateJson('cq-annual-cme', facts, question))],
  ['checked facts to verdict object: checked.evaluate(..)', microseconds(() => checked.evaluate(question))],
  ['checked facts to canonical JSON: checked.evaluateJson(..)', microseconds(() => checked.evaluateJson(question))],
  ['checked facts to status: checked.status(..)', microseconds(() => checked.status(question))],
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
