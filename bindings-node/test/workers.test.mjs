// One policy set, many threads.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';

import { PolicySet } from '../index.mjs';
import { activity, practitioner, problemOf, question } from './facts.mjs';

const OWN = `
[policy]
id = "own"
number = "1"
issued = 2024-01-01

[[provision]]
id = "own-licence"
article = "1"
subject = "practitioner"
modality = "shall"
require = 'licence_no != null'

[[decision]]
id = "own-check"
subject = "practitioner"
all_of = ["own-licence"]
`;

const WORK = `
const { parentPort, workerData } = require('node:worker_threads');
const { PolicySet } = require(workerData.index);
const set = PolicySet.shared(workerData.shared);
const statuses = new Set();
for (let round = 0; round < 200; round++) {
  statuses.add(set.evaluate('own-check', { practitioner: { licenceNo: '110' } }, { asOf: '2024-06-01' }).status);
  statuses.add(set.evaluate('cq-annual-cme', workerData.facts, workerData.question).status);
}
parentPort.postMessage({ statuses: [...statuses], hash: set.policies().at(-1).hash, same: set.share().number === workerData.shared.number });
`;

test('several workers ask one shared policy set at once, and none compiles it again', async () => {
  const set = PolicySet.builtin().load(OWN);
  const index = new URL('../index.js', import.meta.url).pathname;
  const workerData = { index, shared: set.share(), facts: practitioner(activity()), question };
  const told = Array.from({ length: 4 }, () => {
    const worker = new Worker(WORK, { eval: true, workerData });
    return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  });
  for (const { statuses, hash, same } of await Promise.all(told)) {
    assert.deepEqual(statuses, ['met', 'unmet']);
    assert.equal(hash, set.policies().at(-1).hash);
    assert.ok(same, 'it is the same set');
  }
});

test('a set that was never shared is not found', () => {
  assert.equal(problemOf(() => PolicySet.shared({ number: 4_000_000_000 })).code, 'missing');
  assert.equal(problemOf(() => PolicySet.shared(undefined)).code, 'missing');
});
