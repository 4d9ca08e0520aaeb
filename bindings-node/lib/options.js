'use strict';

/** What a caller gives beside: every option is read once, and a name that nothing reads is told. */

const { isList, native, shortened } = require('./border.js');

/** What every question takes. */
const QUESTION = ['given', 'asOf', 'knownOn', 'policies'];
const REPORTS = ['name', 'lang', 'html', 'xlsx'];
const WATCHED = ['onProgress', 'signal'];

/** The options that each function takes. */
const OPTIONS = {
  policies: ['policies'],
  question: QUESTION,
  labels: ['given', 'asOf', 'policies'],
  statement: [...QUESTION, 'lang', 'issuer'],
  workbook: [...QUESTION, 'decision', ...REPORTS, ...WATCHED],
  region: ['given', 'asOf', 'policies', 'people', 'targets', 'publishes', ...REPORTS, ...WATCHED],
  standings: ['given', 'asOf', 'policies', 'decision', ...REPORTS, ...WATCHED],
  tables: ['given', 'asOf', 'policies', 'threads', 'format', ...WATCHED],
};

/** The options of these names, as an object of our own: nothing of the caller's is read twice. */
function optionsOf(given, names, problems, place = 'options') {
  const options = {};
  if (given === undefined) return options;
  if (typeof given !== 'object' || given === null || isList(given)) {
    problems.push({ code: 'wrong_type', place, message: `expected an object, got ${kind(given)}` });
    return options;
  }
  let at = place;
  try {
    const strangers = [];
    for (const name in given) if (!names.includes(name)) strangers.push(name);
    for (const name of names) {
      at = place === 'options' ? placeOf(name) : `${place}.${name}`;
      options[name] = given[name];
    }
    for (const name of strangers) {
      at = `${place}.${shortened(name).toWellFormed()}`;
      if (given[name] !== undefined) problems.push(stranger(name, names, at));
    }
  } catch (thrown) {
    problems.cause ??= thrown;
    problems.push({ code: 'unreadable', place: at, message: 'reading it threw an error', cure: 'give a plain object without getters' });
  }
  return options;
}

/** An option is told by the name that it has in every language. */
function placeOf(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function stranger(name, names, place) {
  if (name === 'knownOn' && names.includes('asOf')) {
    return { code: 'unknown_name', place: 'given.known_on', message: '`knownOn` is not taken here: what is given is judged as it stands', cure: withoutLater(names) };
  }
  const near = native.nearest(name.toWellFormed(), names);
  const cure = near ? `did you mean \`${near}\`?` : `what there is: ${names.join(', ')}${names.includes('given') ? '; what the decision takes stands in \`given\`' : ''}`;
  return { code: 'unknown_name', place, message: `no option is called \`${shortened(name).toWellFormed()}\``, cure };
}

/** What to do instead of naming a day as known on which nothing is taken here. */
function withoutLater(names) {
  if (names === OPTIONS.labels) return 'leave it out: words are the same whatever was known';
  return `leave the rows that were recorded later out of the ${names.includes('threads') ? 'tables' : 'workbook'}`;
}

/** A text that the caller gives; anything else is a problem, and the empty text. */
function text(value, place, problems) {
  if (typeof value === 'string') return value;
  problems.push({ code: value === undefined ? 'missing' : 'wrong_type', place, message: `expected text, got ${kind(value)}` });
  return '';
}

/** What a value is, in words. */
function kind(value) {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Whether a value is of a class of ours; a proxy that was revoked is of none. */
function isOf(value, type) {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

module.exports = { OPTIONS, isOf, kind, optionsOf, text };
