// The conformance cases of `cases/*.json`, run through Node: JSON becomes typed objects, which are asked about; the verdict, an object too, becomes canonical
// JSON again, and its bytes are compared.
//
// A file holds a case, or a list of them; `README.md` tells what is in it.
//
//     node tests/run_node.mjs [FOLDER]

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { PolicySet, TrainingError, evaluate, explain, fromJson, toJson } from '../bindings-node/index.mjs';
import { VALUES, exact, jsonOf, renamed, shapes } from '../bindings-node/lib/border.js';

/** Builds an object again, field by field, as somebody who writes it by hand would. */
function rebuilt(value) {
  if (Array.isArray(value)) return value.map(rebuilt);
  if (typeof value !== 'object' || value === null) return value;
  const out = {};
  // `__proto__` is a name like any other here.
  for (const name of Object.keys(value)) Object.defineProperty(out, name, { value: rebuilt(value[name]), writable: true, enumerable: true, configurable: true });
  return out;
}

const sets = new Map();

/** The policies of a case, beside the built-in ones or alone. */
function loaded(texts, alone) {
  const key = JSON.stringify([texts, alone]);
  const files = texts.map((text, place) => ({ name: `policy-${place}.toml`, text }));
  if (!sets.has(key)) sets.set(key, (alone ? PolicySet.empty() : PolicySet.builtin()).load(...files));
  return sets.get(key);
}

/** What is wrong with a case; nothing where it holds. */
function misfit({ decision, facts, facts_text: text, given = {}, as_of: asOf, known_on: knownOn, policy, alone = false, expect, says, sha256, error }) {
  let json;
  let said;
  try {
    const policies = policy === undefined ? PolicySet.builtin() : loaded([policy].flat(), alone);
    const question = { given, asOf, ...(knownOn === undefined ? {} : { knownOn }), policies };
    const typed = text === undefined ? renamed(facts, shapes.get('Facts')) : fromJson(text, 'Facts');
    const verdict = rebuilt(evaluate(decision, rebuilt(typed), question));
    json = toJson(verdict);
    if (sha256 !== undefined || says !== undefined) said = ['zh', 'en'].map((lang) => explain(verdict, lang, { policies }).join('\n'));
  } catch (thrown) {
    if (!(thrown instanceof TrainingError)) return `an error of another kind: ${thrown.stack}`;
    if (error === undefined) return `an error: ${thrown.message}`;
    return fits(error, thrown.problems) ? undefined : `another error than ${JSON.stringify(error)}: ${thrown.message}`;
  }
  if (error !== undefined) return `no error, where ${JSON.stringify(error)} is expected`;
  if (sha256 !== undefined) {
    const told = [json, ...said].join('\n');
    return createHash('sha256').update(told).digest('hex') === sha256 ? undefined : `another hash, of\n${told}`;
  }
  const expected = typeof expect === 'string' ? expect : jsonOf(expect, VALUES, 'expect', []);
  if (json !== expected) return `expected\n  ${expected}\nand got\n  ${json}`;
  const wanted = says && [says.zh.join('\n'), says.en.join('\n')];
  return wanted === undefined || (wanted[0] === said[0] && wanted[1] === said[1]) ? undefined : `expected\n${wanted}\nand it says\n${said}`;
}

/** Whether these are the problems that a case expects: all of a list, or one of a code and perhaps a place. */
function fits(error, problems) {
  if (!Array.isArray(error)) {
    const { code, place } = typeof error === 'string' ? { code: error } : error;
    return problems.some((problem) => problem.code === code && (place === undefined || problem.place === place));
  }
  const set = (all) => JSON.stringify([...new Set(all.map(({ code, place }) => `${code} ${place}`))].sort());
  return set(error) === set(problems);
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
