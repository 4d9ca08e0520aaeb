'use strict';

/**
 * The border: objects to JSON text and back.
 *
 * Objects have the names of JavaScript, JSON those of the vocabulary. Writing is as strict as reading JSON is: what JSON has no form for is a problem with its
 * path, and never left out in silence. It never throws: getters, proxies and cycles are problems too.
 */

const { note } = require('./note.js');
const { native, shapes, VALUES } = require('./shapes.js');

/** How deep objects may be inside of each other; facts are five deep. */
const DEEPEST = 64;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;
/** How many problems of one list are told before the rest of it is not read. */
const OF_A_LIST = 1000;
/** How many names of one object are told that its type does not have; the library tells as many. */
const OF_NAMES_UNKNOWN = 100;
/** How many letters of a name are told; the library tells as many. */
const OF_A_NAME = 40;
/** Text that stands in JSON as it is. */
const PLAIN = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/;

/** Writes a value of this shape as JSON; `problems` takes what is wrong with it, `order` compares two fields or names where they are to be put in order. */
function jsonOf(value, shape, root, problems, order) {
  const json = write(value, shape, undefined, root, { problems, order, threw: false, classes: undefined }) ?? 'null';
  // By the text, what the library finds in it is put in order with what was found here.
  if (root === '' && problems.length > 0) problems.text = json;
  return json;
}

/** The order of the fields in their type, which is that of canonical JSON. */
const OF_TYPE = (a, b) => a.index - b.index;
/** The order of names, which is that of receipts (RFC 8785). */
const OF_NAMES = (a, b) => (a.json < b.json ? -1 : 1);

/** The text of a value, or undefined where it has none. */
function write(value, shape, up, step, to) {
  switch (typeof value) {
    case 'string':
      return PLAIN.test(value) ? `"${value}"` : quoted(value, up, step, to);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return isList(value) ? list(value, shape, up, step, to) : record(value, shape, up, step, to);
    case 'number':
      return Number.isSafeInteger(value) ? String(value === 0 ? 0 : value) : unsafe(value, up, step, to);
    case 'bigint':
      if (value >= LEAST && value <= MOST) return String(value);
      return large(value < 0n ? -(2n ** 64n) : 2n ** 64n, up, step, to);
    default:
      return foreign(value === undefined ? 'nothing' : `a ${typeof value}`, up, step, to);
  }
}

function quoted(value, up, step, to) {
  if (value.isWellFormed()) return JSON.stringify(value);
  const message = 'expected text, got text with half a character (a lone surrogate)';
  return note(to, up, step, 'wrong_type', message, 'text was cut in the middle of a character: cut it elsewhere');
}

function unsafe(value, up, step, to) {
  if (!Number.isFinite(value)) {
    return note(to, up, step, 'wrong_type', 'expected a value, got NaN or infinity, which is no number', 'leave out what is not known');
  }
  if (Math.abs(value) >= 2 ** 63) return large(value, up, step, to);
  if (Number.isInteger(value)) {
    const message = 'expected a number that is exact, got a whole number beyond 2 ** 53';
    return note(to, up, step, 'inexact_number', message, 'write it as a BigInt, or a quantity as a string');
  }
  return String(value);
}

/** A whole number that 64 bits do not hold: the library tells what is wrong with it where it stands; JSON that nothing reads has none. */
function large(value, up, step, to) {
  if (!to.order) return String(value);
  return note(to, up, step, 'out_of_range', 'expected a whole number of at most 64 bits, got a larger one', 'give a smaller number');
}

/** Whether a value is a list; a proxy that was revoked is none, nor anything else. */
function isList(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

function list(items, shape, up, step, to) {
  const at = inside(items, up, step, to);
  if (!at) return undefined;
  const before = to.problems.length;
  let out = '[';
  for (let index = 0; ; index++) {
    const length = read(items, 'length', up, step, to);
    if (to.threw) return undefined;
    if (typeof length !== 'number') return foreign('a list without a length', up, step, to);
    if (index >= length) return `${out}]`;
    at.written = index;
    const name = `[${index}]`;
    const item = read(items, index, at, name, to);
    let text;
    if (item !== undefined) {
      text = write(item, shape, at, name, to);
    } else if (!to.threw && isHole(items, index)) {
      note(to, at, name, 'wrong_type', 'a list has no holes in it', 'give its items one after the other');
      // What lies behind it is not looked for: it may be millions of places away.
      return '[]';
    } else if (!to.threw) {
      note(to, at, name, 'wrong_type', 'a list has no undefined in it', 'leave the item out');
    }
    if (to.problems.length - before >= OF_A_LIST) {
      note(to, up, step, to.problems.at(-1).code, `the list has ${OF_A_LIST} problems and perhaps more: the rest of it was not read`, 'mend these first');
      return '[]';
    }
    out += index === 0 ? (text ?? 'null') : `,${text ?? 'null'}`;
  }
}

/** Whether nothing stands at a place of a list, not even undefined. */
function isHole(items, index) {
  try {
    return !(index in items);
  } catch {
    return true;
  }
}

function record(value, shape, up, step, to) {
  const at = inside(value, up, step, to);
  if (!at) return undefined;
  let keys;
  try {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      const is = Object.prototype.toString.call(value);
      if (is !== '[object Object]') return foreign(`an object of the class ${is.slice(8, -1)}`, up, step, to);
      const name = inherited(prototype, to);
      if (name !== undefined) return unseen(name, up, step, to);
    }
    keys = Object.keys(value);
  } catch (thrown) {
    return unreadable(thrown, up, step, to);
  }
  const fields = shape?.byJs;
  if (to.order) {
    const field = (key) => fields?.get(key) ?? { json: key, index: 0 };
    keys.sort((a, b) => to.order(field(a), field(b)));
  }
  let out = '{';
  let strangers = 0;
  for (const key of keys) {
    const field = fields?.get(key);
    const name = field ? field.json : key;
    const item = read(value, key, at, name, to);
    if (item === undefined) continue;
    if (fields && !field) {
      strangers += 1;
      if (strangers <= OF_NAMES_UNKNOWN) unknown(key, shape, at, to);
      continue;
    }
    const text = write(item, field ? field.shape : shape, at, name, to);
    if (text === undefined) continue;
    out += `${out.length > 1 ? ',' : ''}${field ? field.head : `${JSON.stringify(key.toWellFormed())}:`}${text}`;
    at.written += 1;
  }
  if (strangers > OF_NAMES_UNKNOWN) {
    note(to, up, step, 'unknown_name', `and ${strangers - OF_NAMES_UNKNOWN} more keys that are no ${whatOf(shape)}`);
  }
  return `${out}}`;
}

/** The first name that objects have of their class, and not of their own: a field that is a getter there, or a default, would be left out in silence. */
function inherited(prototype, to) {
  to.classes ??= new Map();
  if (!to.classes.has(prototype)) to.classes.set(prototype, firstInherited(prototype));
  return to.classes.get(prototype);
}

function firstInherited(prototype) {
  for (let above = prototype; above !== null && above !== Object.prototype; above = Object.getPrototypeOf(above)) {
    for (const name of Object.getOwnPropertyNames(above)) {
      // What every object inherits, also those of another realm.
      if (name === '__proto__') continue;
      const { get, enumerable } = Object.getOwnPropertyDescriptor(above, name);
      if (get !== undefined || enumerable) return name;
    }
  }
  return undefined;
}

function unseen(name, up, step, to) {
  const message = `expected a plain object, got one whose class has \`${shortened(name)}\`, which is no field of its own`;
  return note(to, up, step, 'wrong_type', message, 'give a plain object with every field that is known, those of its class too');
}

/** Reads a property: what its getter throws is a problem. */
function read(value, key, at, name, to) {
  to.threw = false;
  try {
    return value[key];
  } catch (thrown) {
    to.threw = true;
    return unreadable(thrown, at, name, to);
  }
}

/** The place inside of an object or list; undefined where it is too deep, or inside of itself. */
function inside(value, up, step, to) {
  const depth = up ? up.depth + 1 : 0;
  for (let above = up; above; above = above.up) {
    if (above.value === value) {
      return note(to, up, step, 'wrong_type', 'expected a value, got an object that is inside of itself', 'give each record an object of its own');
    }
  }
  if (depth > DEEPEST) {
    return note(to, up, step, 'too_large', `objects are more than ${DEEPEST} deep inside of each other`, 'facts are a few levels deep: see the types');
  }
  return { up, step, value, depth, written: 0 };
}

function unknown(key, shape, at, to) {
  const near = native.nearest(key.toWellFormed(), [...shape.byJs.keys()]);
  const name = shortened(key);
  note(to, at, name, 'unknown_name', `no ${whatOf(shape)} is called \`${name}\``, near ? `did you mean \`${near}\`?` : undefined);
}

function whatOf(shape) {
  return shape.name === 'Facts' ? 'subject' : `field of ${shape.called}`;
}

/** A name, short enough for a message: counted in characters, as the library does. */
function shortened(name) {
  const letters = Array.from(name.slice(0, 2 * OF_A_NAME + 2));
  return letters.length > OF_A_NAME ? `${letters.slice(0, OF_A_NAME).join('')}…` : name;
}

function foreign(what, up, step, to) {
  return note(to, up, step, 'wrong_type', `expected a value that JSON has a form for, got ${what}`, 'give plain objects, lists, text, whole numbers, true and false; dates as "YYYY-MM-DD"');
}

function unreadable(thrown, up, step, to) {
  to.problems.cause ??= thrown;
  // The words of what was thrown stay out: they may say who the facts are about.
  return note(to, up, step, 'unreadable', 'reading it threw an error', 'give a plain object without getters');
}

/** Objects of the JSON that the library writes, whose names are those of JavaScript already. */
function objectOf(text) {
  return text.includes('"\\u0000') ? JSON.parse(text, revived) : JSON.parse(text);
}

/** Whole numbers that JavaScript's numbers do not hold come as text marked by a null character; text that begins with one has it twice. */
function revived(_, value) {
  if (typeof value !== 'string' || value[0] !== '\0') return value;
  return value[1] === '\0' ? value.slice(1) : BigInt(value.slice(1));
}

/** The value of JSON, in which no whole number loses a digit. */
function exact(text) {
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
  const marked = (found, colon) => {
    if (found[0] !== '"') return `"\\u0000${found}"`;
    return colon === undefined && found.startsWith('"\\u0000') ? `"\\u0000${found.slice(1)}` : found;
  };
  return objectOf(/\d{16}|"\\u0000/.test(text) ? text.replace(tokens, marked) : text);
}

/** The object of a value of canonical JSON of this shape: its fields with the names of JavaScript. What is too deep is a `RangeError`. */
function renamed(value, shape, depth = 0) {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) throw new RangeError('too deep');
  if (Array.isArray(value)) return value.map((item) => renamed(item, shape, depth + 1));
  const names = shape?.byJson;
  const out = {};
  for (const [key, item] of Object.entries(value)) {
    const field = names?.get(key);
    // `__proto__` is a name like any other here.
    Object.defineProperty(out, field ? field.js : key, { value: renamed(item, field?.shape, depth + 1), writable: true, enumerable: true, configurable: true });
  }
  return out;
}

module.exports = { OF_NAMES, OF_TYPE, VALUES, exact, isList, jsonOf, native, objectOf, renamed, shapes, shortened };
