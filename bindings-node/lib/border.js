'use strict';

/**
 * The border: objects to JSON text and back.
 *
 * Objects have the names of JavaScript, JSON those of the vocabulary. Writing is as strict as reading JSON is: what JSON has no form for is a problem with its
 * path, and never left out in silence. It never throws: getters, proxies and cycles are problems too.
 */

const { native, shapes, VALUES } = require('./shapes.js');

/** How deep objects may be inside of each other; facts are five deep. */
const DEEPEST = 64;
const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;
/** Text that stands in JSON as it is. */
const PLAIN = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/;

/** Writes a value of this shape as JSON; `problems` takes what is wrong with it, `order` compares two fields or names where they are to be put in order. */
function jsonOf(value, shape, root, problems, order) {
  return write(value, shape, undefined, root, { problems, order, threw: false }) ?? 'null';
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
      return Array.isArray(value) ? list(value, shape, up, step, to) : record(value, shape, up, step, to);
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

function list(items, shape, up, step, to) {
  const at = inside(items, up, step, to);
  if (!at) return undefined;
  let out = '[';
  for (let index = 0; index < items.length; index++) {
    const name = `[${index}]`;
    const item = read(items, index, at, name, to);
    let text;
    if (item === undefined) {
      if (!to.threw) note(to, at, name, 'wrong_type', 'a list has no undefined in it', 'leave the item out');
    } else {
      text = write(item, shape, at, name, to);
    }
    out += index === 0 ? (text ?? 'null') : `,${text ?? 'null'}`;
  }
  return `${out}]`;
}

function record(value, shape, up, step, to) {
  const at = inside(value, up, step, to);
  if (!at) return undefined;
  let keys;
  try {
    const prototype = Object.getPrototypeOf(value);
    const is = prototype === Object.prototype || prototype === null ? '[object Object]' : Object.prototype.toString.call(value);
    if (is !== '[object Object]') return foreign(`an object of the class ${is.slice(8, -1)}`, up, step, to);
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
  for (const key of keys) {
    const field = fields?.get(key);
    const name = field ? field.json : key;
    const item = read(value, key, at, name, to);
    if (item === undefined) continue;
    if (fields && !field) {
      unknown(key, shape, at, to);
      continue;
    }
    const text = write(item, field ? field.shape : shape, at, name, to);
    if (text === undefined) continue;
    out += `${out.length > 1 ? ',' : ''}${field ? field.head : `${JSON.stringify(key.toWellFormed())}:`}${text}`;
  }
  return `${out}}`;
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
  return { up, step, value, depth };
}

function unknown(key, shape, at, to) {
  const known = [...shape.byJs.keys()];
  const near = native.nearest(key.toWellFormed(), known);
  const what = shape.name === 'Facts' ? 'subject' : `field of ${shape.called}`;
  const short = key.length > 40 ? `${key.slice(0, 40)}…` : key;
  note(to, at, key, 'unknown_name', `no ${what} is called \`${short}\``, near ? `did you mean \`${near}\`?` : undefined);
}

function foreign(what, up, step, to) {
  return note(to, up, step, 'wrong_type', `expected a value that JSON has a form for, got ${what}`, 'give plain objects, lists, text, whole numbers, true and false; dates as "YYYY-MM-DD"');
}

function unreadable(thrown, up, step, to) {
  to.problems.cause ??= thrown;
  // The words of what was thrown stay out: they may say who the facts are about.
  return note(to, up, step, 'unreadable', 'reading it threw an error', 'give a plain object without getters');
}

function note(to, up, step, code, message, cure) {
  const place = path(up, step) || 'facts';
  to.problems.push({ code, place: place.toWellFormed(), message: message.toWellFormed(), ...(cure === undefined ? {} : { cure }) });
  return undefined;
}

function path(up, step) {
  if (!up) return step;
  const above = path(up.up, up.step);
  return above === '' || step.startsWith('[') ? above + step : `${above}.${step}`;
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

/** The object of a value of canonical JSON of this shape: its fields with the names of JavaScript. */
function renamed(value, shape) {
  if (typeof value !== 'object' || value === null || !shape || shape === VALUES) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, shape));
  const out = {};
  for (const [key, item] of Object.entries(value)) {
    const field = shape.byJson.get(key);
    // `__proto__` is a name like any other here.
    Object.defineProperty(out, field ? field.js : key, { value: renamed(item, field?.shape), writable: true, enumerable: true, configurable: true });
  }
  return out;
}

module.exports = { OF_NAMES, OF_TYPE, VALUES, exact, jsonOf, native, objectOf, renamed, shapes };
