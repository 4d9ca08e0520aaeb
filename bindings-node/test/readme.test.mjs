// The examples of the documents run, and give what they say.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';

const HOME = new URL('..', import.meta.url);

/** The examples of a document that are marked as JavaScript. */
function examples(document) {
  return [...fs.readFileSync(new URL(document, HOME), 'utf8').matchAll(/^```(?:js|javascript)\n(.*?)^```/gms)].map(([, code]) => code);
}

/** Runs an example; `// → text` behind `console.log(..)` is what it must print. */
async function run(code, at) {
  const printed = [];
  const index = new URL('../index.mjs', import.meta.url).href;
  const body = code
    .replaceAll(/from '(medtrain|apache-arrow)'/g, (whole, name) => (name === 'medtrain' ? `from '${index}'` : `from '${import.meta.resolve(name)}'`))
    .replaceAll('console.log(', 'globalThis.printed.push(');
  globalThis.printed = { push: (...said) => printed.push(said.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' ')) };
  const before = process.cwd();
  process.chdir(new URL('..', HOME).pathname);
  try {
    await import(`data:text/javascript,${encodeURIComponent(`${body}\n// ${at}`)}`);
  } finally {
    process.chdir(before);
  }
  assert.deepEqual(printed, [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, said]) => said), code);
}

for (const document of ['README.md', '../README.md', '../docs/guide.zh.md', '../docs/guide.en.md']) {
  test(`the examples of ${document} run`, async () => {
    const all = examples(document);
    assert.ok(all.length > 0);
    for (const [index, code] of all.entries()) await run(code, `${document} ${index}`);
  });
}
