// The conformance cases of `cases/*.json` and `answers/*.json`, run through Node: JSON becomes typed objects, which are asked about; the verdict, an object too, becomes canonical
// JSON again, and its bytes are compared.
//
// A file holds a case, or a list of them; `README.md` tells what is in it.
//
//     node tests/run_node.mjs [FOLDER ...]

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  PolicySet, TrainingError, calendar, evaluate, explain, fromJson, labels, portions, receipt, remedies, remedySentences, toJson, verify, whatIf,
  whatIfSentences, why,
} from '../bindings-node/index.mjs';
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

const LANGUAGES = ['zh', 'en'];

/** What is answered beside the verdict, as text; each answer is built again field by field before it becomes JSON. */
function answered({ policy_id: policy, year, decision, facts, others, given = {}, as_of: asOf }) {
  const json = (value, type) => toJson(rebuilt(value), type);
  if (year !== undefined) return { calendar: `[${calendar(policy, year).map((entry) => json(entry, 'CalendarEntry')).join(',')}]` };
  const [one, other] = [facts, others].map((json) => renamed(json, shapes.get('Facts')));
  const question = { given, asOf };
  const sealed = json(receipt(decision, one, question), 'Receipt');
  const verdict = rebuilt(evaluate(decision, one, question));
  const lines = (say) => LANGUAGES.map((lang) => say(lang).join('\n')).join('\n');
  return {
    said: lines((lang) => explain(verdict, lang)),
    remedies: json(remedies(decision, one, question), 'Remedies'),
    remedies_said: lines((lang) => remedySentences(decision, one, lang, question)),
    what_if: json(whatIf(decision, one, other, question), 'WhatIf'),
    what_if_said: lines((lang) => whatIfSentences(decision, one, other, lang, question)),
    why: json(why(decision, one, question), 'Why'),
    portions: json(portions(decision, one, question), 'Portions'),
    labels: json(labels(decision, question), 'Labels'),
    receipt: sealed,
    verification: json(verify(sealed, one), 'Verification'),
    verification_of_others: json(verify(sealed, other), 'Verification'),
  };
}

/** Which answers are not as they should be; nothing where all hold. */
function misanswered(one) {
  const found = answered(one);
  const names = (object) => Object.keys(object).sort().join();
  if (names(found) !== names(one.answers)) return `answers ${names(found)}, and not ${names(one.answers)}`;
  const holds = ([name, text]) => {
    const { text: expected, sha256 } = one.answers[name];
    return expected === undefined ? createHash('sha256').update(text).digest('hex') === sha256 : expected === text;
  };
  const wrong = Object.entries(found).filter((answer) => !holds(answer));
  return wrong.length === 0 ? undefined : wrong.map(([name, text]) => `${name}: ${text}`).join('\n');
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

const given = process.argv.slice(2);
const folders = given.length > 0 ? given : ['cases', 'answers'].map((name) => fileURLToPath(new URL(name, import.meta.url)));
const inFolder = (folder) => fs.readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => path.join(folder, name));
let run = 0;
let failed = 0;
for (const file of folders.flatMap(inFolder)) {
  for (const [index, one] of [exact(fs.readFileSync(file, 'utf8'))].flat().entries()) {
    run += 1;
    const wrong = one.answers === undefined ? misfit(one) : misanswered(one);
    if (wrong !== undefined) {
      failed += 1;
      console.error(`${path.basename(file)}[${index}]: ${wrong}`);
    }
  }
}
console.log(`node: ${run - failed} of ${run} cases hold`);
process.exitCode = failed > 0 ? 1 : 0;
