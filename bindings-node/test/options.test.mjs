// Options: each is read once, a name that nothing reads is refused, and what cannot be read is a problem like any other.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import * as medtrain from '../index.mjs';
import { activity, practitioner, problemOf, question } from './facts.mjs';

const { PolicySet, TrainingError, check, evaluate } = medtrain;
const facts = practitioner(activity());
const ask = (more) => evaluate('cq-annual-cme', facts, { ...question, ...more });
const CITY = decodeURIComponent(new URL('../../examples/city-2024.xlsx', import.meta.url).pathname);

/** The problems with which a promise is rejected. */
async function problemsOf(promise) {
  const error = await promise.then(() => assert.fail('nothing was thrown'), (found) => found);
  assert.ok(error instanceof TrainingError, error.stack);
  return error.problems.map(({ code, place }) => `${code} ${place}`);
}

test('a day as known on which facts are taken is refused where it takes no effect', async () => {
  const late = { ...question, knownOn: '2024-06-30' };
  const all = {
    evaluateTable: () => medtrain.evaluateTable('cq-annual-cme', { subjects: new Uint8Array(0) }, late),
    regionReport: () => medtrain.regionReport(CITY, late),
    quotas: () => medtrain.quotas(CITY, { ...late, given: {} }),
    ranking: () => medtrain.ranking(CITY, late),
  };
  for (const [name, run] of Object.entries(all)) {
    assert.deepEqual(await problemsOf(run()), ['unknown_name given.known_on'], name);
    await assert.rejects(run(), (error) => /leave the rows that were recorded later out/.test(error.problems[0].cure));
  }
  for (const labels of [medtrain.labels, (...given) => PolicySet.builtin().labels(...given)]) {
    const { code, place, cure } = problemOf(() => labels('cq-annual-cme', late));
    assert.deepEqual([code, place], ['unknown_name', 'given.known_on']);
    assert.match(cure, /leave it out/);
  }
});

test('a name that nothing reads is refused with the nearest that is', () => {
  const { code, place, cure } = problemOf(() => ask({ knownon: '2024-06-30' }));
  assert.deepEqual({ code, place, cure }, { code: 'unknown_name', place: 'options.knownon', cure: 'did you mean `knownOn`?' });
  assert.match(problemOf(() => ask({ year: 2024 })).cure, /what the decision takes stands in `given`/);
});

test('every function refuses options that it does not read', async () => {
  const set = PolicySet.builtin();
  const verdict = ask();
  const sealed = medtrain.receipt('cq-annual-cme', facts, question);
  const more = { ...question, surplus: 1 };
  const alone = { surplus: 1 };
  const calls = {
    evaluate: () => set.evaluate('cq-annual-cme', facts, more),
    evaluateJson: () => set.evaluateJson('cq-annual-cme', facts, more),
    status: () => set.status('cq-annual-cme', facts, more),
    remedies: () => set.remedies('cq-annual-cme', facts, more),
    remedySentences: () => set.remedySentences('cq-annual-cme', facts, 'en', more),
    labels: () => set.labels('cq-annual-cme', more),
    why: () => set.why('cq-annual-cme', facts, more),
    portions: () => set.portions('cq-annual-cme', facts, more),
    whatIf: () => set.whatIf('cq-annual-cme', facts, [], more),
    whatIfSentences: () => set.whatIfSentences('cq-annual-cme', facts, [], 'en', more),
    receipt: () => set.receipt('cq-annual-cme', facts, more),
    statementHtml: () => set.statementHtml('cq-annual-cme', facts, more),
    explain: () => medtrain.explain(verdict, 'en', alone),
    headline: () => medtrain.headline(verdict, 'en', alone),
    calendar: () => medtrain.calendar('cq-2017-25', 2024, alone),
    verify: () => medtrain.verify(sealed, facts, alone),
  };
  for (const [name, run] of Object.entries(calls)) assert.equal(problemOf(run).place, 'options.surplus', name);
  const later = {
    checkWorkbook: () => set.checkWorkbook(CITY, { ...more, decision: 'cq-annual-cme' }),
    regionReport: () => set.regionReport(CITY, more),
    quotas: () => set.quotas(CITY, more),
    ranking: () => set.ranking(CITY, more),
    evaluateTable: () => set.evaluateTable('cq-annual-cme', { subjects: new Uint8Array(0) }, more),
  };
  for (const [name, run] of Object.entries(later)) assert.deepEqual(await problemsOf(run()), ['unknown_name options.surplus'], name);
  assert.deepEqual(await problemsOf(medtrain.evaluateTable('cq-annual-cme', { subjects: new Uint8Array(0), recrods: {} }, question)), ['unknown_name tables.recrods']);
  assert.equal(problemOf(() => PolicySet.empty().load({ nmae: 'own.toml', text: '' })).cure, 'did you mean `name`?');
  assert.equal(ask({ surplus: undefined }).status, ask().status, 'what is undefined is left out');
});

test('a set is asked, and no other that the options name', () => {
  const set = PolicySet.builtin();
  assert.equal(set.status('cq-annual-cme', facts, { ...question, policies: set }), 'unmet');
  assert.equal(problemOf(() => set.status('cq-annual-cme', facts, { ...question, policies: PolicySet.empty() })).place, 'policies');
});

test('options that cannot be read are told', () => {
  const fails = () => {
    throw new Error('secret 500101');
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const failing = (name) => Object.defineProperty({ ...question }, name, { get: fails, enumerable: true });
  const all = [
    [failing('asOf'), 'as_of'],
    [failing('knownOn'), 'known_on'],
    [failing('policies'), 'policies'],
    [failing('given'), 'given'],
    [{ ...question, given: proxy }, 'given'],
    [{ ...question, given: Object.defineProperty({}, 'year', { get: fails, enumerable: true }) }, 'given.year'],
    [proxy, 'options'],
  ];
  for (const [options, place] of all) {
    const found = problemOf(() => evaluate('cq-annual-cme', facts, options));
    assert.ok(found.error instanceof TrainingError, found.error.stack);
    assert.deepEqual([found.code, found.place], ['unreadable', place]);
    assert.doesNotMatch(found.error.message, /500101/);
  }
});

test('options of another type are told', async () => {
  const told = (run) => {
    const { code, place } = problemOf(run);
    return `${code} ${place}`;
  };
  assert.equal(told(() => medtrain.statementHtml('cq-annual-cme', facts, { ...question, issuer: 5 })), 'wrong_type issuer');
  assert.equal(told(() => medtrain.statementHtml('cq-annual-cme', facts, { ...question, lang: 5 })), 'wrong_type lang');
  assert.equal(told(() => medtrain.explain(ask(), Object.create(null))), 'wrong_type lang');
  assert.equal(told(() => PolicySet.builtin().without(Symbol('x'))), 'wrong_type ids[0]');
  const work = { ...question, decision: 'cq-annual-cme', onProgress: 5, signal: 5, name: 5 };
  assert.deepEqual(await problemsOf(medtrain.checkWorkbook(CITY, work)), ['wrong_type name', 'wrong_type on_progress', 'wrong_type signal']);
});

test('a policy file that is no UTF-8 is refused, and not loaded with other words', () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'medtrain-')), 'gbk.toml');
  fs.writeFileSync(file, Buffer.concat([Buffer.from('[policy]\nid = "own"\nnumber = "'), Buffer.from([0xd3, 0xe5]), Buffer.from('"\nissued = 2024-01-01\n')]));
  const { code, place, message } = problemOf(() => PolicySet.empty().loadFile(file));
  assert.deepEqual({ code, place, message }, { code: 'unreadable', place: file, message: 'cannot be read: stream did not contain valid UTF-8' });
});

test('a shared set is more than its number', () => {
  const { number, made } = PolicySet.builtin().share();
  assert.deepEqual([problemOf(() => PolicySet.shared({ number })).code, problemOf(() => PolicySet.shared({ number, made: {} })).code], ['missing', 'missing']);
  const again = PolicySet.shared(structuredClone({ number, made }));
  assert.equal(again.without('gx-2024-2026').policies().length, again.policies().length - 1);
});

test('a handle of checked facts is taken wherever facts are, and a copy of it is not', () => {
  const checked = check(facts);
  assert.equal(medtrain.verify(medtrain.receipt('cq-annual-cme', checked, question), checked).holds, true);
  assert.equal(medtrain.verify(medtrain.receipt('cq-annual-cme', facts, question), check(practitioner())).holds, false);
  for (const copy of [structuredClone(checked), { ...checked }, Object.create(medtrain.CheckedFacts.prototype)]) {
    assert.throws(() => evaluate('cq-annual-cme', copy, question), TrainingError);
  }
});

test('a verdict is told in one line', () => {
  const verdict = ask();
  assert.equal(medtrain.headline(verdict, 'en'), medtrain.explain(verdict, 'en')[0]);
  assert.equal(medtrain.headline(verdict), PolicySet.builtin().headline(verdict, 'zh'));
  assert.equal(problemOf(() => medtrain.headline({}, 'en')).error.name, 'TrainingError');
});
