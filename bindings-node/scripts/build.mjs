// Builds the library for this machine and puts it where the package looks for it.
//
//     node scripts/build.mjs [--release] [-- CARGO'S ARGUMENTS]

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import native from '../lib/native.js';

const [own, cargos] = [process.argv.slice(2), []];
if (own.includes('--')) cargos.push(...own.splice(own.indexOf('--')).slice(1));
const release = own.includes('--release');
const folder = path.resolve(import.meta.dirname, '../..');
const what = cargos.length > 0 ? cargos : ['--package', 'medtrain-node'];
execFileSync(process.env.CARGO ?? 'cargo', ['build', ...what, ...(release ? ['--release'] : [])], { cwd: folder, stdio: 'inherit' });

const target = path.resolve(folder, process.env.CARGO_TARGET_DIR ?? 'target');
const names = { win32: 'medtrain_node.dll', darwin: 'libmedtrain_node.dylib' };
const built = path.join(target, release ? 'release' : 'debug', names[process.platform] ?? 'libmedtrain_node.so');
fs.mkdirSync(path.dirname(native.place()), { recursive: true });
// A library that a process has loaded is not written over, but replaced.
fs.rmSync(native.place(), { force: true });
fs.copyFileSync(built, native.place());
console.log(`${built} → ${path.relative(process.cwd(), native.place())}`);
