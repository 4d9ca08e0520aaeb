'use strict';

/** The library that is built for this machine: `native/linux-x64.node`, `native/linux-x64-musl.node`, `native/darwin-arm64.node` ... */

const fs = require('node:fs');
const path = require('node:path');

const target = `${process.platform}-${process.arch}`;

/** Where a library for this machine lies. */
function place(kind = '') {
  return path.join(__dirname, '..', 'native', `${target}${kind}.node`);
}

/** The first library that is there and that this machine takes: a Linux has one of two C libraries. */
function load() {
  const found = ['', '-musl'].map(place).filter((file) => fs.existsSync(file));
  for (const [index, file] of found.entries()) {
    try {
      return require(file);
    } catch (error) {
      if (index === found.length - 1) throw error;
    }
  }
  throw new Error(`medtrain has no library for ${target}: build it with \`npm run build\`, which needs Rust`);
}

module.exports = { place, load };
