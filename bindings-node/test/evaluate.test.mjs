// What can be asked of a policy set, from JavaScript.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import * as medtrain from '../index.mjs';
import { activity, practitioner, problemOf, question } from './facts.mjs';

const { PolicySet, check, evaluate, explain, remedies, toJson } = medtrain;
const short = practitioner(activity({ hours: '80' }), activity({ awardedOn: '2023-10-20', credits: '5' }));
const credits = (verdict) => verdict.findings.find((finding) => finding.provision === 'cq-credits');

/** A policy of a host: quantities, dates and codes among what is given and what it declares itself. */
const OWN = `
[policy]
id = "own"
number = "1"
issued = 2024-01-01

[[fact]]
subject = "practitioner"
name = "own_fee"
type = "decimal"

[[provision]]
id = "own-fee"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'extra.own_fee >= given.least and given.purpose = "title"'

[[decision]]
id = "own-check"
subject = "practitioner"
given.least = "decimal"
given.from_day = "date"
given.purpose = ["title", "post"]
all_of = ["own-fee"]
`;

test('a verdict is an object with the names of JavaScript', () => {
  const verdict = evaluate('cq-annual-cme', short, question);
  assert.equal(verdict.status, 'unmet');
  assert.equal(verdict.subjectId, '1001');
  assert.equal(verdict.asOf, '2024-09-23');
  assert.deepEqual(verdict.given, { year: 2024 });
  const { actual, required, shortfall, unit, due } = credits(verdict);
  assert.deepEqual({ actual, required, shortfall, unit, due }, { actual: '21.5', required: '25', shortfall: '3.5', unit: 'credit', due: '2024-10-31' });
  assert.equal(verdict.records[1].state, 'excluded');
  assert.equal(verdict.records[1].excludedBy[0].code, 'out_of_window');
});

test('canonical JSON comes from objects and from the core with the same bytes', () => {
  assert.equal(toJson(evaluate('cq-annual-cme', short, question)), medtrain.evaluateJson('cq-annual-cme', short, question));
});

test('facts that were checked once are judged as the object is, by any decision, set and day', () => {
  const checked = check(short);
  for (const asOf of ['2024-09-23', '2024-12-01']) {
    assert.deepEqual(evaluate('cq-annual-cme', checked, { ...question, asOf }), evaluate('cq-annual-cme', short, { ...question, asOf }));
  }
  assert.equal(medtrain.status('cq-annual-cme', checked, question), 'unmet');
  assert.equal(medtrain.status('cq-annual-cme', short, question), 'unmet');
  assert.equal(medtrain.evaluateJson('cq-annual-cme', checked, question), medtrain.evaluateJson('cq-annual-cme', short, question));
  assert.equal(problemOf(() => check(practitioner(activity({ credits: 5 })))).code, 'inexact_number');
  assert.equal(check(checked), checked);

  const policies = PolicySet.empty().load(OWN);
  const given = { least: '2.50', from_day: '2024-01-01', purpose: 'title' };
  const own = check({ practitioner: { extra: { own_fee: '2.5' } } });
  assert.equal(evaluate('own-check', own, { asOf: '2024-06-01', policies, given }).status, 'met', 'a policy gives its own facts their types');
  assert.equal(problemOf(() => evaluate('cq-annual-cme', own, question)).place, 'practitioner.extra.own_fee', 'another one does not know them');
  assert.equal(problemOf(() => evaluate('cq-annual-cme', check({ base: {} }), question)).code, 'missing', 'it is asked of somebody else');
});

test('facts that a policy declares itself are told with the others', () => {
  const wrong = { practitioner: { titel: 'x', title: 5, activities: [{ credits: 5 }], extra: { points: 1 } } };
  const places = ['practitioner.titel', 'practitioner.title', 'practitioner.activities[0].credits', 'practitioner.extra.points'];
  const told = (run) => problemOf(run).error.problems.map(({ place }) => place).toSorted();
  assert.deepEqual(told(() => evaluate('cq-annual-cme', wrong, question)), places.toSorted());
  assert.deepEqual(told(() => medtrain.whatIf('cq-annual-cme', wrong, wrong, question)), [...places, ...places].toSorted());
  const receipt = medtrain.receipt('cq-annual-cme', short, question);
  assert.deepEqual(told(() => medtrain.verify(receipt, wrong)), places.toSorted());
});

test('what was recorded later is left out on a day on which it was not known', () => {
  const facts = practitioner(activity({ credits: '30', recordedAt: '2024-11-20' }));
  const known = (knownOn) => evaluate('cq-annual-cme', facts, { ...question, knownOn }).records.length;
  assert.deepEqual([known('2024-11-19'), known('2024-11-20')], [0, 1]);
  assert.equal(evaluate('cq-annual-cme', check(facts), { ...question, knownOn: '2024-11-19' }).knownOn, '2024-11-19');
});

test('a policy of one\'s own is loaded beside the built-in ones, by itself, or instead', () => {
  const both = PolicySet.builtin().load({ name: 'own.toml', text: OWN });
  assert.equal(both.policies().length, PolicySet.builtin().policies().length + 1);
  assert.deepEqual(PolicySet.empty().load(OWN).policies().map(({ id }) => id), ['own']);
  assert.ok(!PolicySet.builtin().without('cq-2017-25').decisions().some(({ id }) => id === 'cq-annual-cme'));
  assert.equal(PolicySet.builtin(), PolicySet.builtin());
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'medtrain-')), 'own.toml');
  fs.writeFileSync(file, OWN);
  assert.equal(PolicySet.empty().loadFile(file).policies()[0].hash, PolicySet.empty().load(OWN).policies()[0].hash);
  assert.equal(problemOf(() => PolicySet.empty().loadFile(`${file}.not`)).code, 'unreadable');
  const wrong = problemOf(() => PolicySet.empty().load({ name: 'a.toml', text: '[policy]' }, { name: 'b.toml', text: 'x = ' }));
  assert.deepEqual(new Set(wrong.error.problems.map(({ place }) => place.slice(0, 6))), new Set(['a.toml', 'b.toml']), 'every problem of every file');
  assert.match(problemOf(() => PolicySet.builtin().without('cq-2017-26')).cure, /cq-2017-25/);
});

test('what a policy declares itself is given by its own names, decimals and dates as text', () => {
  const policies = PolicySet.empty().load(OWN);
  const given = { least: '2.50', from_day: '2024-01-01', purpose: 'title' };
  const ask = (fee, more = {}) => evaluate('own-check', { practitioner: { extra: { own_fee: fee } } }, { asOf: '2024-06-01', policies, given: { ...given, ...more } });
  assert.deepEqual([ask('2.5').status, ask('2.49').status], ['met', 'unmet']);
  assert.equal(problemOf(() => ask('2.5', { from_day: '2024-02-30' })).place, 'given.from_day');
  assert.equal(problemOf(() => ask('2.5', { least: 2.5 })).place, 'given.least');
  assert.equal(problemOf(() => ask('2.5', { purpose: 'titel' })).place, 'given.purpose');
  assert.equal(problemOf(() => ask(2.5)).place, 'practitioner.extra.own_fee');
  const large = ask('1', { least: '9007199254740993' });
  assert.equal(large.given.least, 9007199254740993n, 'no digit is lost');
  assert.match(toJson(large), /"least":9007199254740993,/);
});

test('it is told what can still be done, why, and what something would do', () => {
  const found = remedies('cq-annual-cme', short, question);
  assert.equal(found.state, 'found');
  const [step] = found.remedies[0].steps;
  assert.equal(step.kind, 'add_record');
  const why = medtrain.why('cq-annual-cme', short, question);
  assert.deepEqual(why.findings.map(({ provision }) => provision), evaluate('cq-annual-cme', short, question).findings.map(({ provision }) => provision));
  const change = 'practitioner.activities[+]={"awarded_on": "2024-06-03", "credits": "5", "hours": "20", "subject_kind": "public", "job_related": true, "profession_related": true, "electronic": true}';
  const whatIf = medtrain.whatIf('cq-annual-cme', short, [change], question);
  assert.ok(whatIf.findings.some(({ before, after }) => before.provision === 'cq-credits' && before.status === 'unmet' && after.status === 'met'));
  const others = practitioner(...short.practitioner.activities, activity({ awardedOn: '2024-06-03', credits: '5', hours: '20', subjectKind: 'public'}));
  assert.deepEqual(medtrain.whatIf('cq-annual-cme', short, others, question).after, whatIf.after);
  assert.ok(medtrain.whatIfSentences('cq-annual-cme', short, [change], 'en', question).length > 0);
  assert.equal(problemOf(() => medtrain.whatIf('cq-annual-cme', short, ['practitioner.nothing=1'], question)).code, 'unknown_name');
  assert.equal(medtrain.portions('cq-annual-cme', short, question).constructor, Object);
});

test('a verdict is told in sentences of both languages', () => {
  const verdict = evaluate('cq-annual-cme', short, question);
  assert.equal(explain(verdict, 'zh')[0], '不达标：还差学分3.5分，截止2024-10-31（还有38天）');
  assert.equal(explain(verdict, 'en')[0], 'not met: 3.5 credits short, due 2024-10-31 (38 days left)');
  assert.equal(problemOf(() => explain(verdict, 'fr')).code, 'unknown_code');
  assert.equal(problemOf(() => explain({ ...verdict, status: 'good' })).error.name, 'TrainingError');
});

test('a receipt holds until the facts are others', () => {
  const receipt = medtrain.receipt('cq-annual-cme', short, question);
  assert.match(receipt.hash, /^[0-9a-f]{64}$/);
  assert.deepEqual([medtrain.verify(receipt, short).holds, medtrain.verify(receipt, short).since], [true, []]);
  const kept = toJson(receipt, 'Receipt');
  assert.ok(kept.startsWith('{"engine":'), 'the keys are in order');
  assert.deepEqual(medtrain.verify(kept, short).since, []);
  const other = medtrain.verify(receipt, practitioner(activity({ credits: '25' })));
  assert.deepEqual([other.holds, other.since], [false, ['other_facts']]);
  assert.ok(other.changes.length > 0);
});

test('a statement is a page in the language that was asked for', () => {
  const page = medtrain.statementHtml('cq-annual-cme', short, { ...question, lang: 'en', issuer: 'Hospital <1>' });
  assert.match(page, /<html lang="en"/);
  assert.match(page, /Hospital &lt;1&gt;/);
  assert.match(medtrain.statementHtml('cq-annual-cme', short, question), /<html lang="zh-CN"/);
});

test('policies, provisions, decisions and the days of a year are listed', () => {
  const set = PolicySet.builtin();
  assert.ok(set.policies().some(({ id }) => id === 'cq-2017-25'));
  assert.ok(set.provisions().length > 100);
  const decision = set.decisions().find(({ id }) => id === 'cq-annual-cme');
  assert.deepEqual(decision.given.map(({ name }) => name), ['year']);
  const days = medtrain.calendar('cq-2017-25', 2024);
  assert.ok(days.length > 0 && days.every(({ from, until }) => from <= until));
  assert.match(set.calendarIcs('cq-2017-25', 2024), /^BEGIN:VCALENDAR\r\n/);
  assert.equal(problemOf(() => set.calendar('cq-2017-25', 2024.5)).place, 'year');
  for (const year of [0, 10_000]) assert.equal(problemOf(() => set.calendar('cq-2017-25', year)).code, 'out_of_range');
  assert.equal(set.jsonSchema().$schema.slice(0, 8), 'https://');
  assert.equal(Buffer.from(set.template('practitioner')).subarray(0, 2).toString(), 'PK');
});

test('expressions are tried out, exactly', () => {
  assert.equal(medtrain.feel('0.1 + 0.2'), '0.3');
  assert.equal(medtrain.feel('sum(credits)', { credits: [0.1, 0.2, 1] }), '1.3');
  assert.deepEqual(medtrain.feel('[1, 2.5]'), [1, '2.5']);
  assert.deepEqual([medtrain.feel('1 = 1'), medtrain.feel('null'), medtrain.feel('"a"')], [true, null, 'a']);
  assert.equal(medtrain.feel('9007199254740992 + 1'), 9007199254740993n);
  assert.equal(medtrain.feel('@"2024-01-31" + @"P1M"'), '2024-02-29');
  const wrong = problemOf(() => medtrain.feel('total(credits) >='));
  assert.equal(wrong.code, 'syntax');
  assert.match(wrong.excerpt, /\^/);
  assert.equal(problemOf(() => medtrain.feel('x', { x: Number.NaN })).place, 'context.x');
});

test('policy files are checked and compared', () => {
  const report = medtrain.lint({ name: 'own.toml', text: OWN });
  assert.deepEqual(report.files.map(({ name }) => name), ['own.toml']);
  assert.ok(report.warnings.some(({ code }) => code === 'no_example'));
  const changed = OWN.replace('"1"\nissued', '"1"\nversion = "2"\nissued').replace('extra.own_fee >= given.least', 'extra.own_fee > given.least');
  const difference = medtrain.diff(OWN, { name: 'new.toml', text: changed });
  assert.ok(toJson(difference, 'PolicyDifference').includes('own-fee'));
  assert.ok(medtrain.diffSentences(OWN, changed, 'en').length > 0);
  assert.equal(problemOf(() => medtrain.diff(OWN, 'x')).error.name, 'TrainingError');
});

test('handles are made by functions alone, and what is no handle is refused', () => {
  assert.throws(() => new PolicySet(), TypeError);
  assert.throws(() => new medtrain.CheckedFacts(), TypeError);
  assert.equal(problemOf(() => evaluate('cq-annual-cme', short, { ...question, policies: {} })).place, 'policies');
});
