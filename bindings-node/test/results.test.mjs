// What comes out: every object has the names of JavaScript, whatever stands beside them.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';

import {
  PolicySet, calendar, checkWorkbook, diff, evaluate, fromJson, labels, lint, portions, quotas, ranking, receipt, regionReport, remedies, toJson, verify, whatIf, why,
} from '../index.mjs';
import { VALUES, exact, renamed, shapes } from '../lib/border.js';

const example = (name) => decodeURIComponent(new URL(`../../examples/${name}`, import.meta.url).pathname);

/** Every name of an object that its type does not have, with its path. */
function foreign(value, shape, path = shape.name) {
  if (typeof value !== 'object' || value === null || shape === VALUES) return [];
  if (Array.isArray(value)) return value.flatMap((item) => foreign(item, shape, `${path}[]`));
  return Object.entries(value).flatMap(([name, item]) => {
    const field = shape?.byJs.get(name);
    return field ? foreign(item, field.shape, `${path}.${name}`) : [`${path}.${name}`];
  });
}

const cases = (folder) => {
  const home = new URL(`../../tests/${folder}/`, import.meta.url);
  return fs.readdirSync(home).filter((name) => name.endsWith('.json')).flatMap((name) => exact(fs.readFileSync(new URL(name, home), 'utf8')));
};

test('every answer to the cases has the names of its type', () => {
  const found = new Set();
  const walk = (value, type) => foreign(value, shapes.get(type)).forEach((name) => found.add(name));
  let answered = 0;
  for (const [index, { policy_id: policy, year, decision, facts, others, given = {}, as_of: asOf }] of cases('answers').entries()) {
    // Some of them: all are asked where their bytes are compared.
    if (index % 5 !== 0) continue;
    answered += 1;
    if (year !== undefined) {
      walk(calendar(policy, year), 'CalendarEntry');
      continue;
    }
    const [one, other] = [facts, others].map((json) => renamed(json, shapes.get('Facts')));
    const question = { given, asOf };
    const sealed = receipt(decision, one, question);
    walk(evaluate(decision, one, question), 'Verdict');
    walk(remedies(decision, one, question), 'Remedies');
    walk(whatIf(decision, one, other, question), 'WhatIf');
    walk(why(decision, one, question), 'Why');
    walk(portions(decision, one, question), 'Portions');
    walk(labels(decision, question), 'Labels');
    walk(sealed, 'Receipt');
    walk(verify(sealed, other), 'Verification');
  }
  assert.ok(answered > 10);
  assert.deepEqual([...found], []);
});

test('remedies have the names of their type, also after one whose day is that of a question', () => {
  const facts = {
    practitioner: {
      profession: 'doctor',
      titleGrade: 'intermediate',
      titleAppointedOn: '2019-01-01',
      institution: { level: 'primary', tier: 'township', isGrassroots: true },
      attachments: [],
      certificates: [],
    },
  };
  const asked = { given: { applied_on: '2024-11-15', target_grade: 'associate_senior' }, asOf: '2024-02-29' };
  const found = remedies('sc-promotion-certificate', facts, asked);
  assert.ok(found.remedies.length > 1 && found.remedies[0].earliest.given);
  assert.deepEqual(found.remedies.map(({ atMost }) => atMost), [false, false]);
  assert.deepEqual(foreign(found, shapes.get('Remedies')), []);
  assert.ok(toJson(found, 'Remedies').includes('"at_most":false'));
});

test('what lists, counts and compares has the names of its types', async () => {
  const found = [];
  const walk = (value, type) => found.push(...foreign(value, shapes.get(type)));
  const set = PolicySet.builtin();
  walk(set.policies(), 'PolicySummary');
  walk(set.provisions(), 'ProvisionSummary');
  walk(set.decisions(), 'DecisionSummary');
  const text = fs.readFileSync(new URL('../../core/policies/cq-2017-25.toml', import.meta.url), 'utf8');
  walk(lint(text, 'x = '), 'LintReport');
  walk(diff(text, text.replace(/^number = .*$/m, 'number = "other"')), 'PolicyDifference');
  const question = { given: { year: 2024 }, asOf: '2024-11-15' };
  const region = await regionReport(example('city-2024.xlsx'), { ...question, publishes: 'cq-municipal-duties' });
  walk(region.report, 'RegionReport');
  walk(region.publication, 'Publication');
  walk(region.problems, 'Note');
  const book = await checkWorkbook(example('hospital-2024.xlsx'), { ...question, decision: 'cq-annual-cme' });
  walk(book.verdicts, 'Verdict');
  walk(book.sheets, 'SheetSummary');
  walk(book.problems, 'Note');
  walk((await quotas(set.template('programme'), { asOf: '2024-11-15' })).verdicts, 'Verdict');
  assert.deepEqual(found, []);
});
