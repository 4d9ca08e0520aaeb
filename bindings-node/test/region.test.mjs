// A region's workbook: its report, its list, its quotas.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PolicySet, TrainingError, quotas, ranking, regionReport } from '../index.mjs';

const CITY = new URL('../../examples/city-2024.xlsx', import.meta.url);
const question = { given: { year: 2024 }, asOf: '2024-11-15' };
const path = decodeURIComponent(CITY.pathname);

test('a region is counted, with its pages and its list', async () => {
  const stages = new Set();
  const counted = await regionReport(path, { ...question, publishes: 'cq-municipal-duties', html: true, xlsx: true, lang: 'en', onProgress: ({ stage }) => stages.add(stage) });
  const [whole] = counted.report.groups;
  assert.equal(whole.kind, 'whole');
  assert.equal(whole.people, counted.report.people.length);
  assert.ok(counted.rows.length > 3 && counted.rows.every((row) => row.length === 4));
  assert.ok(counted.publicationHtml.includes(counted.publication.announced[0].name));
  for (const page of [counted.html, counted.publicationHtml]) assert.match(page.slice(0, 300), /lang="en/);
  for (const book of [counted.xlsx, counted.publicationXlsx]) assert.equal(Buffer.from(book).subarray(0, 2).toString(), 'PK');
  assert.ok(stages.size > 0);
});

test('reports that are not asked for are not made', async () => {
  const counted = await regionReport(path, question);
  assert.deepEqual(Object.keys(counted).sort(), ['problems', 'report', 'rows']);
});

test('quotas are told line by line', async () => {
  const told = await quotas(PolicySet.builtin().template('programme'), { asOf: '2024-11-15', html: true, lang: 'en' });
  assert.ok(told.rows[0].length > 3 && told.rows.every((row) => row.length === told.rows[0].length));
  assert.match(told.html, /^<!doctype html/i);
  assert.ok(Array.isArray(told.verdicts));
});

test('what is no region is refused, and so are decisions that do not fit', async () => {
  const code = (wanted) => (error) => error instanceof TrainingError && error.problems.some((problem) => problem.code === wanted);
  await assert.rejects(ranking(Buffer.from('a,b\n1,2\n'), { given: { year: 2022 }, asOf: '2022-12-01' }), code('no_sheet'));
  await assert.rejects(regionReport(path, { ...question, targets: 'cq-annual-cme' }), code('contradiction'));
  await assert.rejects(regionReport(path, { ...question, given: { yaer: 2024 } }), code('unknown_name'));
  await assert.rejects(regionReport(path, { ...question, targets: 5 }), code('wrong_type'));
});
