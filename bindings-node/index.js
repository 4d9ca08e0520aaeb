'use strict';

/** medtrain for Node: see index.d.ts for what each function takes and gives. */

const fs = require('node:fs');
const { inBackground } = require('./lib/background.js');
const { OF_NAMES, OF_TYPE, VALUES, exact, isList, jsonOf, native, objectOf, renamed, shapes } = require('./lib/border.js');
const { TrainingError, problemsOf } = require('./lib/error.js');
const { inOrder } = require('./lib/note.js');
const { OPTIONS, isOf, kind, optionsOf, text } = require('./lib/options.js');

/** Calls the library; what it finds wrong and what was wrong at the border are thrown together. */
function call(problems, run) {
  let result;
  try {
    result = run();
  } catch (error) {
    const found = problemsOf(error);
    if (!found) throw error;
    throw new TrainingError(inOrder(problems, found, problems.text), { cause: problems.cause });
  }
  throwAll(problems);
  return result;
}

/** Throws what was found wrong, if anything was. */
function throwAll(problems) {
  if (problems.length > 0) throw new TrainingError(problems, { cause: problems.cause });
}

/** The options of a question; of which one may not do without, namely the day, is told where they are not there. */
function questionOptions(options, names, problems) {
  if (typeof options === 'object' && options !== null) {
    const read = optionsOf(options, names, problems);
    // What could not be read is not told to be missing.
    if (problems.cause) throwAll(problems);
    return read;
  }
  problems.push({ code: 'missing', place: 'options', message: `expected an object with asOf, got ${kind(options)}`, cure: 'give { asOf: "YYYY-MM-DD" } and what the decision takes' });
  return {};
}

/** A question as the library takes it, of options that were read. */
function asked(decision, options, problems) {
  return {
    decision: text(decision, 'decision', problems),
    asOf: text(options.asOf, 'as_of', problems),
    knownOn: options.knownOn === undefined ? undefined : text(options.knownOn, 'known_on', problems),
    given: givenOf(options.given ?? {}, problems),
  };
}

/** What is given, as the library takes it. */
function givenOf(given, problems) {
  if (typeof given === 'object' && !isList(given)) return jsonOf(given, VALUES, 'given', problems);
  problems.push({ code: 'wrong_type', place: 'given', message: `expected an object, got ${kind(given)}` });
  return '{}';
}

/** Facts as the library takes them: checked before, or as text. */
function factsOf(facts, problems) {
  const checked = nativeOf(facts);
  if (checked) return checked;
  if (typeof facts !== 'object' || facts === null || isList(facts) || isOf(facts, CheckedFacts)) {
    const cure = typeof facts === 'string' ? 'make an object of JSON by fromJson(text, "Facts")' : undefined;
    problems.push({ code: 'wrong_type', place: 'facts', message: `expected an object with one key for each subject, got ${kind(facts)}`, ...(cure ? { cure } : {}) });
    return '{}';
  }
  return jsonOf(facts, shapes.get('Facts'), '', problems);
}

/** The code of a language; Chinese where none is named. */
function language(lang, problems) {
  return lang === undefined ? 'zh' : text(lang, 'lang', problems);
}

/** The texts of several arguments. */
function texts(values, place, problems) {
  return values.map((value, index) => text(value, `${place}[${index}]`, problems));
}

function policyText(file, index) {
  const problems = [];
  const place = `policies[${index}]`;
  const isObject = typeof file === 'object' && file !== null;
  const { name, text: found } = isObject ? optionsOf(file, ['name', 'text'], problems, place) : { text: file };
  if (typeof found !== 'string' && problems.length === 0) {
    problems.push({ code: 'wrong_type', place, message: `expected the text of a policy file, got ${kind(found ?? file)}` });
  }
  const called = name === undefined ? `policy-${index + 1}.toml` : text(name, `${place}.name`, problems);
  throwAll(problems);
  return { name: called, text: found };
}

function fileText(path, index) {
  const named = typeof path === 'string' || isOf(path, URL) ? String(path) : `paths[${index}]`;
  let found;
  try {
    found = fs.readFileSync(path);
  } catch (error) {
    throw new TrainingError([{ code: 'unreadable', place: named, message: `cannot be read: ${error.code ?? error.message}` }], { cause: error });
  }
  try {
    // Node's own decoding puts a question mark for what is no UTF-8, and a policy in another encoding would be loaded with other words.
    return { name: named, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(found) };
  } catch (error) {
    const problem = { code: 'unreadable', place: named, message: 'cannot be read: stream did not contain valid UTF-8', cure: 'save the file again as UTF-8' };
    throw new TrainingError([problem], { cause: error });
  }
}

const KEY = Symbol('made by the library alone');

/** What the library holds of checked facts; of anything else there is nothing. */
let nativeOf;

class CheckedFacts {
  #native;

  constructor(key, native) {
    if (key !== KEY) throw new TypeError('facts are checked by check(facts)');
    this.#native = native;
    // A copy of a handle, by `structuredClone` or `...`, would be facts that say nothing: by this name, which no subject has, it is refused.
    this.checkedFacts = true;
  }

  close() {
    this.#native.close();
  }

  static {
    nativeOf = (value) => (typeof value === 'object' && value !== null && #native in value ? value.#native : undefined);
  }
}

function check(facts) {
  const problems = [];
  const given = factsOf(facts, problems);
  return typeof given === 'string' ? new CheckedFacts(KEY, call(problems, () => native.check(given))) : facts;
}

let builtin;

class PolicySet {
  #native;
  #made;

  constructor(key, native, made) {
    if (key !== KEY) throw new TypeError('use PolicySet.builtin() or PolicySet.empty()');
    this.#native = native;
    this.#made = made;
  }

  static builtin() {
    builtin ??= new PolicySet(KEY, call([], () => native.Policies.builtin()), { builtin: true, without: [], files: [] });
    return builtin;
  }

  static empty() {
    return PolicySet.#of({ builtin: false, without: [], files: [] });
  }

  static shared(token) {
    const problems = [];
    const { number, made } = optionsOf(token, ['number', 'made'], problems, 'shared');
    const { builtin, without, files } = optionsOf(made, ['builtin', 'without', 'files'], problems, 'shared.made');
    const isWhole = typeof builtin === 'boolean' && isList(without) && isList(files);
    if (problems.length === 0 && (!Number.isSafeInteger(number) || !isWhole)) {
      problems.push({ code: 'missing', place: 'shared', message: 'expected what share() gives', cure: 'hand on the whole of it' });
    }
    throwAll(problems);
    return new PolicySet(KEY, call([], () => native.Policies.shared(number)), { builtin, without: texts(without, 'without', problems), files: files.map(policyText) });
  }

  static #of(made) {
    return new PolicySet(KEY, call([], () => native.Policies.of(made.builtin, made.without, made.files)), made);
  }

  without(...ids) {
    const problems = [];
    const others = texts(ids, 'ids', problems);
    throwAll(problems);
    return PolicySet.#of({ ...this.#made, without: [...this.#made.without, ...others] });
  }

  load(...files) {
    return PolicySet.#of({ ...this.#made, files: [...this.#made.files, ...files.map(policyText)] });
  }

  loadFile(...paths) {
    return this.load(...paths.map(fileText));
  }

  share() {
    return { number: this.#native.share(), made: this.#made };
  }

  policies() {
    return objectOf(this.#native.policies());
  }

  provisions() {
    return objectOf(this.#native.provisions());
  }

  decisions() {
    return objectOf(this.#native.decisions());
  }

  jsonSchema() {
    return JSON.parse(this.#native.jsonSchema());
  }

  template(...subjects) {
    const problems = [];
    const wanted = texts(subjects, 'subjects', problems);
    throwAll(problems);
    return call([], () => this.#native.template(wanted));
  }

  calendar(policy, year) {
    return objectOf(this.#ofYear(policy, year, (id, whole) => this.#native.calendar(id, whole)));
  }

  calendarIcs(policy, year, lang) {
    const problems = [];
    const code = language(lang, problems);
    return this.#ofYear(policy, year, (id, whole) => this.#native.calendarIcs(id, whole, code), problems);
  }

  #ofYear(policy, year, run, problems = []) {
    // Which years there are, the library knows; more than 32 bits do not cross.
    const isYear = Number.isInteger(year) && year === (year | 0);
    if (!isYear) problems.push({ code: 'wrong_type', place: 'year', message: 'expected a year as a whole number' });
    const id = text(policy, 'policy', problems);
    return call(problems, () => run(id, isYear ? year : 1));
  }

  evaluate(decision, facts, options) {
    return objectOf(this.#answer(decision, facts, options, (question, given) => this.#native.evaluate(question, given)));
  }

  evaluateJson(decision, facts, options) {
    return this.#answer(decision, facts, options, (question, given) => this.#native.evaluateJson(question, given));
  }

  status(decision, facts, options) {
    return this.#answer(decision, facts, options, (question, given) => this.#native.status(question, given));
  }

  remedies(decision, facts, options) {
    return objectOf(this.#answer(decision, facts, options, (question, given) => this.#native.remedies(question, given)));
  }

  remedySentences(decision, facts, lang, options) {
    const problems = [];
    const code = language(lang, problems);
    return objectOf(this.#answer(decision, facts, options, (question, given) => this.#native.remedySentences(question, given, code), problems));
  }

  labels(decision, options) {
    const problems = [];
    const question = asked(decision, this.#read(options, OPTIONS.labels, problems), problems);
    return objectOf(call(problems, () => this.#native.labels(question)));
  }

  why(decision, facts, options) {
    return objectOf(this.#answer(decision, facts, options, (question, given) => this.#native.why(question, given)));
  }

  portions(decision, facts, options) {
    return objectOf(this.#answer(decision, facts, options, (question, given) => this.#native.portions(question, given)));
  }

  whatIf(decision, facts, changes, options) {
    return objectOf(this.#changed(decision, facts, changes, options));
  }

  whatIfSentences(decision, facts, changes, lang, options) {
    const problems = [];
    return objectOf(this.#changed(decision, facts, changes, options, language(lang, problems), problems));
  }

  #changed(decision, facts, changes, options, lang, problems = []) {
    const others = isList(changes) ? undefined : factsOf(changes, problems);
    const lines = isList(changes) ? texts(changes, 'changes', problems) : [];
    return this.#answer(decision, facts, options, (question, given) => this.#native.whatIf(question, given, lines, others, lang), problems);
  }

  receipt(decision, facts, options) {
    return objectOf(this.#answer(decision, facts, options, (question, given) => this.#native.receipt(question, given)));
  }

  verify(receipt, facts) {
    const problems = [];
    const sealed = typeof receipt === 'string' ? receipt : jsonOf(receipt, shapes.get('Receipt'), 'receipt', problems, OF_NAMES);
    const given = factsOf(facts, problems);
    return objectOf(call(problems, () => this.#native.verify(sealed, given)));
  }

  statementHtml(decision, facts, options) {
    const problems = [];
    const read = this.#read(options, OPTIONS.statement, problems);
    const code = language(read.lang, problems);
    const issuer = read.issuer == null ? undefined : text(read.issuer, 'issuer', problems);
    return this.#ofRead(decision, facts, read, (question, given) => this.#native.statementHtml(question, given, code, issuer), problems);
  }

  explain(verdict, lang) {
    return objectOf(this.#ofVerdict(verdict, lang, (json, code) => this.#native.explain(json, code)));
  }

  headline(verdict, lang) {
    return this.#ofVerdict(verdict, lang, (json, code) => this.#native.headline(json, code));
  }

  #ofVerdict(verdict, lang, run) {
    const problems = [];
    const json = jsonOf(verdict, shapes.get('Verdict'), 'verdict', problems, OF_TYPE);
    const code = language(lang, problems);
    return call(problems, () => run(json, code));
  }

  #answer(decision, facts, options, run, problems = []) {
    return this.#ofRead(decision, facts, this.#read(options, OPTIONS.question, problems), run, problems);
  }

  #ofRead(decision, facts, options, run, problems) {
    const question = asked(decision, options, problems);
    const given = factsOf(facts, problems);
    return call(problems, () => run(question, given));
  }

  /** The options of a question that is asked of this set. */
  #read(options, names, problems) {
    const read = questionOptions(options, names, problems);
    if (read.policies != null && read.policies !== this) {
      problems.push({ code: 'wrong_type', place: 'policies', message: 'expected no other policy set than the one that is asked', cure: 'ask the other set, or the function of the module' });
    }
    return read;
  }

  async checkWorkbook(workbook, options) {
    const problems = [];
    const read = this.#read(options, OPTIONS.workbook, problems);
    const question = asked(read.decision, read, problems);
    const reports = reportsOf(workbook, read, problems);
    throwAll(watched(read, problems));
    const bytes = await bytesOf(workbook, reports.name, read.signal);
    const done = await inBackground(native, read, (stop, told) => this.#native.checkWorkbook(bytes, question, reports, stop, told));
    return { ...objectOf(done.json), ...(reports.html ? { html: done.html } : {}), ...(reports.xlsx ? { xlsx: done.bytes } : {}) };
  }

  async regionReport(workbook, options) {
    const problems = [];
    const read = this.#read(options, OPTIONS.region, problems);
    const { people = this.#decisionFor('region_people'), targets = this.#decisionFor('region_targets'), publishes } = read;
    const others = publishes === undefined ? [targets] : [targets, publishes];
    const done = await this.#ofWorkbook('region', workbook, people, others, read, problems);
    const { listHtml, listBytes } = done.made;
    return { ...done.told, ...(listHtml == null ? {} : { publicationHtml: listHtml }), ...(listBytes == null ? {} : { publicationXlsx: listBytes }) };
  }

  async quotas(workbook, options) {
    const { ranking, ...told } = await this.#standings('quotas', workbook, options);
    return told;
  }

  async ranking(workbook, options) {
    const { verdicts, ...told } = await this.#standings('ranking', workbook, options);
    return told;
  }

  async #standings(role, workbook, options) {
    const problems = [];
    const read = this.#read(options, OPTIONS.standings, problems);
    return (await this.#ofWorkbook(role, workbook, read.decision ?? this.#decisionFor(role), [], read, problems)).told;
  }

  #decisionFor(role) {
    return call([], () => this.#native.decisionFor(role));
  }

  async #ofWorkbook(wanted, workbook, decision, others, options, problems) {
    const question = asked(decision, options, problems);
    others.forEach((other) => text(other, 'decision', problems));
    const reports = reportsOf(workbook, options, problems);
    throwAll(watched(options, problems));
    const bytes = await bytesOf(workbook, reports.name, options.signal);
    const made = await inBackground(native, options, (stop, told) => this.#native.region(wanted, bytes, question, others, reports, stop, told));
    const told = { ...objectOf(made.json), ...(reports.html ? { html: made.html } : {}), ...(reports.xlsx ? { xlsx: made.bytes } : {}) };
    return { made, told };
  }

  async evaluateTable(decision, tables, options) {
    const problems = [];
    const read = this.#read(options, OPTIONS.tables, problems);
    const question = asked(decision, read, problems);
    const { subjects, records: lists } = optionsOf(tables, ['subjects', 'records'], problems, 'tables');
    const records = entriesOf(lists ?? {}, problems);
    const format = read.format ?? 'arrow';
    if (format !== 'arrow' && format !== 'parquet') problems.push({ code: 'unknown_code', place: 'format', message: 'expected arrow or parquet' });
    const threads = read.threads ?? 1;
    if (!Number.isInteger(threads) || threads < 1 || threads > 256) problems.push({ code: 'out_of_range', place: 'threads', message: 'expected a whole number from 1 to 256' });
    for (const [name, bytes] of [['subjects', subjects], ...records]) {
      if (!isOf(bytes, Uint8Array)) {
        problems.push({ code: 'wrong_type', place: name, message: `expected the bytes of a table, got ${kind(bytes)}`, cure: 'give a Uint8Array of Arrow (tableToIPC) or Parquet' });
      }
    }
    throwAll(watched(read, problems));
    const names = records.map(([name]) => name);
    const bytes = records.map(([, bytes]) => bytes);
    const run = { threads, parquet: format === 'parquet' };
    const done = await inBackground(native, read, (stop, told) => this.#native.evaluateTable(question, subjects, names, bytes, run, stop, told));
    return { table: done.bytes, ...objectOf(done.json) };
  }
}

/** The tables of records by the names of their lists. */
function entriesOf(records, problems) {
  try {
    if (typeof records === 'object' && records !== null && !isList(records)) return Object.entries(records);
    problems.push({ code: 'wrong_type', place: 'tables.records', message: `expected an object with a table for each list, got ${kind(records)}` });
  } catch (thrown) {
    problems.cause ??= thrown;
    problems.push({ code: 'unreadable', place: 'tables.records', message: 'reading it threw an error', cure: 'give a plain object without getters' });
  }
  return [];
}

/** What was found wrong, with what is wrong in how work is watched. */
function watched({ onProgress, signal }, problems) {
  if (onProgress != null && typeof onProgress !== 'function') {
    problems.push({ code: 'wrong_type', place: 'on_progress', message: `expected a function, got ${kind(onProgress)}` });
  }
  if (signal != null && !isSignal(signal)) {
    problems.push({ code: 'wrong_type', place: 'signal', message: `expected an AbortSignal, got ${kind(signal)}` });
  }
  return problems;
}

/** Whether something can be aborted; signals of other realms and libraries are of other classes. */
function isSignal(signal) {
  try {
    return typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function' && typeof signal.throwIfAborted === 'function';
  } catch {
    return false;
  }
}

/** Which reports are wanted of a workbook, and what they call it. */
function reportsOf(workbook, options, problems) {
  const ofFile = typeof workbook === 'string' || isOf(workbook, URL) ? String(workbook).split(/[\\/]/).pop() : 'workbook';
  const name = options.name === undefined ? ofFile : text(options.name, 'name', problems);
  return { name, lang: language(options.lang, problems), html: options.html === true, xlsx: options.xlsx === true };
}

async function bytesOf(workbook, name, signal) {
  if (isOf(workbook, Uint8Array)) return workbook;
  if (isOf(workbook, ArrayBuffer)) return new Uint8Array(workbook);
  if (typeof workbook !== 'string' && !isOf(workbook, URL)) {
    throw new TrainingError([{ code: 'wrong_type', place: 'workbook', message: `expected a path or the bytes of a workbook, got ${kind(workbook)}` }]);
  }
  try {
    return await fs.promises.readFile(workbook, { signal });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw new TrainingError([{ code: 'unreadable', place: name, message: `cannot be read: ${error.code ?? error.message}` }], { cause: error });
  }
}

/** The set of the options, or the built-in one; what is wrong with the options is told where they are read. */
function setOf(options) {
  let set;
  try {
    set = options?.policies;
  } catch {
    // Told there.
  }
  set ??= PolicySet.builtin();
  if (!isOf(set, PolicySet)) throw new TrainingError([{ code: 'wrong_type', place: 'policies', message: `expected a PolicySet, got ${kind(set)}` }]);
  return set;
}

/** The same of options that name nothing else. */
function setAlone(options) {
  const problems = [];
  const read = optionsOf(options, OPTIONS.policies, problems);
  throwAll(problems);
  return setOf(read);
}

function shapeOf(type) {
  const shape = typeof type === 'string' ? shapes.get(type) : undefined;
  if (!shape) throw new TrainingError([{ code: 'unknown_name', place: 'type', message: `no type is called ${typeof type === 'string' ? `\`${type}\`` : kind(type)}` }]);
  return shape;
}

/** What problems of a type begin with. */
function rootOf(type) {
  return type.slice(0, 1).toLowerCase() + type.slice(1);
}

function toJson(value, type = 'Verdict') {
  const problems = [];
  const shape = shapeOf(type);
  if (type === 'Facts') {
    // The library alone knows in which of several forms facts are canonical.
    const given = factsOf(value, problems);
    return call(problems, () => native.factsJson(given));
  }
  const json = jsonOf(value, shape, rootOf(type), problems, type === 'Receipt' ? OF_NAMES : OF_TYPE);
  throwAll(problems);
  return json;
}

function fromJson(json, type = 'Verdict') {
  const shape = shapeOf(type);
  const problems = [];
  const source = text(json, rootOf(type), problems);
  throwAll(problems);
  // Objects forget what is said twice, and how numbers were written: facts are checked as text.
  if (type === 'Facts') call([], () => native.check(source));
  let value;
  try {
    value = renamed(exact(source.replace(/^\ufeff/, '')), shape);
  } catch (error) {
    const isDeep = error instanceof RangeError;
    const problem = isDeep ? { code: 'too_large', message: 'objects are too deep inside of each other' } : { code: 'syntax', message: 'not JSON' };
    throw new TrainingError([{ place: rootOf(type), ...problem }], { cause: error });
  }
  if (typeof value !== 'object' || value === null || isList(value)) {
    throw new TrainingError([{ code: 'wrong_type', place: rootOf(type), message: `expected an object, got ${kind(value)}` }]);
  }
  return value;
}

function feel(expression, context = {}) {
  const problems = [];
  const json = jsonOf(context, VALUES, 'context', problems);
  const source = text(expression, 'expression', problems);
  return objectOf(call(problems, () => native.feel(source, json))).value;
}

function lint(...files) {
  return objectOf(native.lint(files.map(policyText)));
}

function diff(before, after) {
  return objectOf(call([], () => native.diff(policyText(before, 0), policyText(after, 1))));
}

function diffSentences(before, after, lang) {
  const problems = [];
  const code = language(lang, problems);
  return objectOf(call(problems, () => native.diff(policyText(before, 0), policyText(after, 1), code)));
}

module.exports = {
  CheckedFacts,
  PolicySet,
  TrainingError,
  calendar: (policy, year, options) => setAlone(options).calendar(policy, year),
  check,
  checkWorkbook: async (workbook, options) => setOf(options).checkWorkbook(workbook, options),
  diff,
  diffSentences,
  evaluate: (decision, facts, options) => setOf(options).evaluate(decision, facts, options),
  evaluateJson: (decision, facts, options) => setOf(options).evaluateJson(decision, facts, options),
  evaluateTable: async (decision, tables, options) => setOf(options).evaluateTable(decision, tables, options),
  explain: (verdict, lang, options) => setAlone(options).explain(verdict, lang),
  feel,
  fromJson,
  headline: (verdict, lang, options) => setAlone(options).headline(verdict, lang),
  labels: (decision, options) => setOf(options).labels(decision, options),
  lint,
  portions: (decision, facts, options) => setOf(options).portions(decision, facts, options),
  quotas: async (workbook, options) => setOf(options).quotas(workbook, options),
  ranking: async (workbook, options) => setOf(options).ranking(workbook, options),
  receipt: (decision, facts, options) => setOf(options).receipt(decision, facts, options),
  regionReport: async (workbook, options) => setOf(options).regionReport(workbook, options),
  remedies: (decision, facts, options) => setOf(options).remedies(decision, facts, options),
  remedySentences: (decision, facts, lang, options) => setOf(options).remedySentences(decision, facts, lang, options),
  statementHtml: (decision, facts, options) => setOf(options).statementHtml(decision, facts, options),
  status: (decision, facts, options) => setOf(options).status(decision, facts, options),
  toJson,
  verify: (receipt, facts, options) => setAlone(options).verify(receipt, facts),
  whatIf: (decision, facts, changes, options) => setOf(options).whatIf(decision, facts, changes, options),
  whatIfSentences: (decision, facts, changes, lang, options) => setOf(options).whatIfSentences(decision, facts, changes, lang, options),
  why: (decision, facts, options) => setOf(options).why(decision, facts, options),
};
