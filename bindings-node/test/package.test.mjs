// The package as it is published: packed, installed into an empty folder, and run in both kinds of modules.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

test('what npm packs runs from an empty folder, imported and required', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'medtrain-'));
  try {
    const run = (program, ...given) => execFileSync(program, given, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const [{ filename }] = JSON.parse(run(npm, 'pack', '--json', '--silent', '--pack-destination', folder, PACKAGE));
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private": true}');
    run(npm, 'install', '--offline', '--no-audit', '--no-fund', '--silent', path.join(folder, filename));
    const asked = `console.log(evaluate('cq-annual-cme', { practitioner: { activities: [] } }, { given: { year: 2024 }, asOf: '2024-11-15' }).status)`;
    fs.writeFileSync(path.join(folder, 'esm.mjs'), `import { evaluate } from 'medtrain';\n${asked}`);
    fs.writeFileSync(path.join(folder, 'cjs.cjs'), `const { evaluate } = require('medtrain');\n${asked}`);
    assert.equal(run(process.execPath, 'esm.mjs').trim(), 'unmet');
    assert.equal(run(process.execPath, 'cjs.cjs').trim(), 'unmet');
    const installed = path.join(folder, 'node_modules', 'medtrain');
    assert.ok(fs.existsSync(path.join(installed, 'types.d.ts')) && fs.existsSync(path.join(installed, 'README.md')));
    assert.deepEqual(fs.readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.')), ['medtrain'], 'it needs nothing else');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

test('everything that can be required can be imported, and is declared', async () => {
  const { default: required } = await import('../index.js');
  const imported = await import('../index.mjs');
  const declared = fs.readFileSync(path.join(PACKAGE, 'index.d.ts'), 'utf8');
  assert.deepEqual(Object.keys(imported).sort(), Object.keys(required).sort());
  for (const name of Object.keys(required)) {
    assert.match(declared, new RegExp(`export (class|function) ${name}\\b`), name);
  }
  for (const name of Object.getOwnPropertyNames(required.PolicySet.prototype).filter((name) => name !== 'constructor')) {
    assert.match(declared, new RegExp(`^ {2}${name}\\(`, 'm'), name);
  }
});
