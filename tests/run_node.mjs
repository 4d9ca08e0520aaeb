// The conformance cases of `cases/*.json`, run through Node: JSON becomes typed objects, which are asked about; the verdict, an object too, becomes canonical
// JSON again, and its bytes are compared.
//
// A file holds a case, or a list of them: `{decision, facts, given, as_of, known_on?, policy?, expect | error}`. `policy` is the text of a policy file, or a
// list of them; `error` is a code, or has `code` and `place`.
//
//     node tests/run_node.mjs [FOLDER]

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PolicySet, TrainingError, evaluate, toJson } from '../bindings-node/index.mjs';
import { VALUES, exact, jsonOf, renamed, shapes } from '../bindings-node/lib/border.js';

/** Builds an object again, field by field, as somebody who writes it by hand would. */
function rebuilt(value) {
  if (Array.isArray(value)) return value.map(rebuilt);
  if (typeof value !== 'object' || value === null) return value;
  const out = {};
  for (const name of Object.keys(value)) out[name] = rebuilt(value[name]);
  return out;
}

/** What is wrong with a case; nothing where it holds. */
function misfit({ decision, facts, given = {}, as_of: asOf, known_on: knownOn, policy, expect, error }) {
  let json;
  try {
    const policies = policy === undefined ? PolicySet.builtin() : PolicySet.builtin().load(...[policy].flat());
    const question = { given, asOf, ...(knownOn === undefined ? {} : { knownOn }), policies };
    const verdict = evaluate(decision, rebuilt(renamed(facts, shapes.get('Facts'))), question);
    json = toJson(rebuilt(verdict));
  } catch (thrown) {
    if (!(thrown instanceof TrainingError)) return `an error of another kind: ${thrown.stack}`;
    if (error === undefined) return `an error: ${thrown.message}`;
    const { code, place } = typeof error === 'string' ? { code: error } : error;
    const fits = thrown.problems.some((problem) => problem.code === code && (place === undefined || problem.place === place));
    return fits ? undefined : `another error than ${JSON.stringify(error)}: ${thrown.message}`;
  }
  if (error !== undefined) return `no error, where ${JSON.stringify(error)} is expected`;
  const expected = typeof expect === 'string' ? expect : jsonOf(expect, VALUES, 'expect', []);
  return json === expected ? undefined : `expected\n  ${expected}\nand got\n  ${json}`;
}

const folder = process.argv[2] ?? fileURLToPath(new URL('cases', import.meta.url));
const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort() : [];
let run = 0;
let failed = 0;
for (const file of files) {
  for (const [index, one] of [exact(fs.readFileSync(path.join(folder, file), 'utf8'))].flat().entries()) {
    run += 1;
    const wrong = misfit(one);
    if (wrong !== undefined) {
      failed += 1;
      console.error(`${file}[${index}]: ${wrong}`);
    }
  }
}
console.log(`node: ${run - failed} of ${run} cases hold`);
process.exitCode = failed > 0 ? 1 : 0;
