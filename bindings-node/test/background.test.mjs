// Workbooks and tables: judged on other threads, with progress, and given up where nobody waits.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow';

import { TrainingError, checkWorkbook, evaluate, evaluateTable } from '../index.mjs';
import { activity, practitioner, question } from './facts.mjs';

const parquet = createRequire(import.meta.url)('parquet-wasm');
const WORKBOOK = fileURLToPath(new URL('../../examples/hospital-2024.xlsx', import.meta.url));
const asked = { decision: 'cq-annual-cme', given: { year: 2024 }, asOf: '2024-11-15' };

/** Tables of this many people with two records each: those of every second are enough. */
function tables(people) {
  const ids = Array.from({ length: people }, (_, id) => `P${id}`);
  const both = ids.flatMap((id) => [id, id]);
  const all = (value) => both.map(() => value);
  return {
    subjects: tableFromArrays({ person_id: ids }),
    activities: tableFromArrays({
      person_id: both,
      awarded_on: all('2024-05-10'),
      credits: both.map((id) => (Number(id.slice(1)) % 2 === 0 ? '12.5' : '12.4')),
      hours: all('40'),
      subject_kind: both.map((_, row) => (row % 2 === 0 ? 'professional' : 'public')),
      job_related: all(true),
      profession_related: all(true),
      electronic: all(true),
    }),
  };
}

const toParquet = (table) => parquet.writeParquet(parquet.Table.fromIPCStream(tableToIPC(table, 'stream')));
const fromParquet = (bytes) => tableFromIPC(parquet.readParquet(bytes).intoIPCStream());

/** The verdict that typed facts of such a person have. */
function alone(id) {
  const credits = id % 2 === 0 ? '12.5' : '12.4';
  const record = (subjectKind) => activity({ credits, hours: '40', subjectKind });
  return evaluate('cq-annual-cme', practitioner(record('professional'), record('public')), question).status;
}

test('a workbook is judged, with its reports, and its progress is told', async () => {
  const seen = new Map();
  const onProgress = ({ stage, done, total }) => {
    assert.ok(done <= total, `${stage}: ${done} of ${total}`);
    seen.set(stage, done);
  };
  const { verdicts, places, sheets, problems, html, xlsx } = await checkWorkbook(WORKBOOK, { ...asked, html: true, xlsx: true, lang: 'en', onProgress });
  assert.ok(verdicts.length > 250);
  assert.equal(places.length, verdicts.length);
  assert.match(places[0], /!A\d+$/);
  assert.ok(verdicts.every(({ asOf, findings }) => asOf === '2024-11-15' && findings.length > 0));
  assert.ok(sheets.some(({ entity }) => entity === 'practitioner'));
  assert.ok(problems.length > 0);
  assert.match(html, /<html lang="en"/);
  assert.equal(Buffer.from(xlsx).subarray(0, 2).toString(), 'PK');
  assert.equal(seen.get('judging'), verdicts.length);
});

test('bytes of a workbook give what its path gives, while both are judged at once', async () => {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(WORKBOOK);
  const [one, other] = await Promise.all([checkWorkbook(bytes, asked), checkWorkbook(WORKBOOK, asked)]);
  assert.deepEqual(one.verdicts, other.verdicts);
  assert.equal('html' in one, false);
});

test('rows that were recorded later are left out', async () => {
  const people = Buffer.from('人员编号,姓名,职称,记录日期\n1001,王小明,主治医师,2024-07-01\n1002,李小红,主治医师,\n');
  const numbers = async (knownOn) => (await checkWorkbook(people, { ...asked, name: 'people.csv', knownOn })).verdicts.map((one) => [one.subjectId, one.knownOn]);
  assert.deepEqual(await numbers('2024-06-30'), [['1002', '2024-06-30']]);
  assert.deepEqual(await numbers('2024-07-01'), [['1001', '2024-07-01'], ['1002', '2024-07-01']]);
  assert.deepEqual((await numbers(undefined)).map(([number]) => number), ['1001', '1002']);
});

test('what is no workbook, or is not there, is told', async () => {
  const problem = async (...given) => (await assert.rejects(checkWorkbook(...given), TrainingError), checkWorkbook(...given).catch((error) => error));
  assert.equal((await problem(Buffer.from('%PDF-1.7'), asked)).problems[0].place.length > 0, true);
  assert.equal((await problem('no-such.xlsx', asked)).code, 'unreadable');
  assert.equal((await problem(5, asked)).problems[0].place, 'workbook');
  assert.equal((await problem(WORKBOOK, { ...asked, decision: 'cq-anual' })).code, 'unknown_name');
  assert.equal((await problem(WORKBOOK, { ...asked, asOf: 5 })).problems[0].place, 'as_of');
});

test('tables of Arrow give a table of Arrow, as typed facts would be judged', async () => {
  const { subjects, activities } = tables(300);
  for (const form of ['stream', 'file']) {
    const given = { subjects: tableToIPC(subjects, form), records: { activities: tableToIPC(activities, form) } };
    const { table, counts, problems } = await evaluateTable('cq-annual-cme', given, { ...question, threads: 2 });
    const results = tableFromIPC(table);
    assert.equal(results.numRows, 300);
    assert.deepEqual(problems, []);
    assert.equal(Object.values(counts).reduce((sum, count) => sum + count), 300);
    for (const id of [0, 1, 298, 299]) {
      assert.equal(results.get(id).subject_id, `P${id}`);
      assert.equal(results.get(id).status, alone(id));
    }
  }
});

test('tables of Parquet give a table of Parquet', async () => {
  const { subjects, activities } = tables(50);
  const given = { subjects: toParquet(subjects), records: { activities: toParquet(activities) } };
  const { table } = await evaluateTable('cq-annual-cme', given, { ...question, format: 'parquet' });
  const results = fromParquet(table);
  assert.equal(results.numRows, 50);
  assert.equal(results.get(1).status, alone(1));
});

test('every wrong option of tables is told, and bytes that are no table end nothing', async () => {
  const error = await evaluateTable('cq-annual-cme', { subjects: [1] }, { given: { year: 2024 }, threads: 0, format: 'csv' }).catch((found) => found);
  assert.deepEqual(error.problems.map(({ place }) => place).sort(), ['as_of', 'format', 'subjects', 'threads']);
  const { subjects } = tables(3);
  const broken = [Buffer.from('PAR1garbagePAR1'), Buffer.from('ARROW1\0\0garbage'), Buffer.from('garbage'), new Uint8Array(0), new Uint8Array(64).fill(0xff)];
  for (const bytes of [...broken, tableToIPC(subjects).slice(0, 100)]) {
    await assert.rejects(evaluateTable('cq-annual-cme', { subjects: bytes }, question), TrainingError);
  }
  const list = await evaluateTable('cq-annual-cme', { subjects: tableToIPC(subjects), records: { activites: tableToIPC(subjects) } }, question).catch((found) => found);
  assert.match(list.problems[0].cure, /activities/);
});

test('progress of tables ends with everybody', async () => {
  const { subjects, activities } = tables(5_000);
  let last;
  const given = { subjects: tableToIPC(subjects), records: { activities: tableToIPC(activities) } };
  await evaluateTable('cq-annual-cme', given, { ...question, onProgress: (progress) => (last = progress) });
  assert.deepEqual(last, { stage: 'judging', done: 5_000, total: 5_000 });
});

test('work that is given up is rejected with the reason of its signal, at once and without a further word', async () => {
  const given = { subjects: tableToIPC(tables(5_000).subjects) };
  const before = AbortSignal.abort(new Error('never mind'));
  await assert.rejects(evaluateTable('cq-annual-cme', given, { ...question, signal: before }), /never mind/);
  await assert.rejects(checkWorkbook(WORKBOOK, { ...asked, signal: before }), /never mind/);

  const control = new AbortController();
  let told = 0;
  const work = checkWorkbook(WORKBOOK, { ...asked, signal: control.signal, onProgress: () => { told += 1; control.abort(); } });
  await assert.rejects(work, { name: 'AbortError' });
  const after = told;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(told, after, 'nothing is told after it was given up');
});

test('what a caller\'s own function throws rejects the work', async () => {
  const onProgress = () => {
    throw new RangeError('mine');
  };
  await assert.rejects(checkWorkbook(WORKBOOK, { ...asked, onProgress }), RangeError);
});

test('the event loop turns while a workbook is judged', async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await checkWorkbook(WORKBOOK, asked);
  clearInterval(timer);
  assert.ok(turns >= 5, `${turns} turns`);
});
