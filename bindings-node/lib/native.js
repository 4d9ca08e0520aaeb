'use strict';

/** The library that is built for this machine. */

const fs = require('node:fs');
const path = require('node:path');

/** `linux-x64`, `linux-x64-musl`, `darwin-arm64` ... */
function target() {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return `${process.platform}-${process.arch}${musl ? '-musl' : ''}`;
}

/** Where the library for this machine lies. */
function place() {
  return path.join(__dirname, '..', 'native', `${target()}.node`);
}

function load() {
  if (!fs.existsSync(place())) {
    throw new Error(`medtrain has no library for ${target()}: build it with \`npm run build\`, which needs Rust`);
  }
  return require(place());
}

module.exports = { place, load };
