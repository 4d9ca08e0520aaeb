// The runner of the conformance cases tells a case that holds from one that does not.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { evaluateJson, toJson } from '../index.mjs';
import { activity, practitioner, question } from './facts.mjs';

const RUNNER = fileURLToPath(new URL('../../tests/run_node.mjs', import.meta.url));
const facts = practitioner(activity());
const asked = { decision: 'cq-annual-cme', facts: JSON.parse(toJson(facts, 'Facts')), given: question.given, as_of: question.asOf };
const expect = JSON.parse(evaluateJson('cq-annual-cme', facts, question));
const wrongDay = { practitioner: { activities: [{ awarded_on: '2023-02-29' }] } };

/** What the runner says of these cases. */
function run(...cases) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'medtrain-'));
  try {
    cases.forEach((one, index) => fs.writeFileSync(path.join(folder, `${index}.json`), JSON.stringify(one)));
    const { status, stdout } = spawnSync(process.execPath, [RUNNER, folder], { encoding: 'utf8' });
    return [status, stdout.trim()];
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test('cases that hold pass, in files of one and of several', () => {
  const error = { ...asked, facts: wrongDay, error: { code: 'bad_date', place: 'practitioner.activities[0].awarded_on' } };
  assert.deepEqual(run({ ...asked, expect }, [error, { ...asked, given: {}, error: 'missing' }]), [0, 'node: 3 of 3 cases hold']);
});

test('a changed byte, another error and a missing error fail', () => {
  const { status, ...rest } = expect;
  const others = [
    { ...asked, expect: { ...expect, status: 'met' } },
    { ...asked, expect: { ...rest, status } },
    { ...asked, error: 'bad_date' },
    { ...asked, facts: wrongDay, expect },
    { ...asked, facts: wrongDay, error: { code: 'bad_date', place: 'practitioner' } },
  ];
  for (const one of others) assert.deepEqual(run(one), [1, 'node: 0 of 1 cases hold']);
});
