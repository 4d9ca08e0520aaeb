'use strict';

/** medtrain for Node: see index.d.ts for what each function takes and gives. */

const fs = require('node:fs');
const { OF_NAMES, OF_TYPE, VALUES, exact, jsonOf, native, objectOf, renamed, shapes } = require('./lib/border.js');
const { TrainingError, problemsOf, trainingError } = require('./lib/error.js');
const { inBackground } = require('./lib/background.js');

/** Calls the library; what it finds wrong and what was wrong at the border are thrown together. */
function call(problems, run) {
  let result;
  try {
    result = run();
  } catch (error) {
    const found = problemsOf(error);
    if (!found) throw error;
    // What the border left out is told once, by the border.
    const told = new Set(problems.map((problem) => problem.place));
    throw new TrainingError([...problems, ...found.filter((problem) => !told.has(problem.place))], { cause: problems.cause });
  }
  if (problems.length > 0) throw new TrainingError(problems, { cause: problems.cause });
  return result;
}

/** A text that the caller gives; anything else is a problem, and the empty text. */
function text(value, place, problems) {
  if (typeof value === 'string') return value;
  problems.push({ code: value === undefined ? 'missing' : 'wrong_type', place, message: `expected text, got ${kind(value)}` });
  return '';
}

function kind(value) {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The options of a question as the library takes them. */
function asked(decision, options, problems) {
  if (typeof options !== 'object' || options === null) {
    problems.push({ code: 'missing', place: 'options', message: `expected an object with asOf, got ${kind(options)}`, cure: 'give { asOf: "YYYY-MM-DD" } and what the decision takes' });
    options = {};
  }
  const given = options.given ?? {};
  const isObject = typeof given === 'object' && !Array.isArray(given);
  if (!isObject) problems.push({ code: 'wrong_type', place: 'given', message: `expected an object, got ${kind(given)}` });
  return {
    decision: text(decision, 'decision', problems),
    given: isObject ? jsonOf(given, VALUES, 'given', problems) : '{}',
    asOf: text(options.asOf, 'as_of', problems),
    knownOn: options.knownOn === undefined ? undefined : text(options.knownOn, 'known_on', problems),
  };
}

/** Facts as the library takes them: checked before, or as text. */
function factsOf(facts, problems) {
  if (facts instanceof CheckedFacts) return facts.native;
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) {
    const cure = typeof facts === 'string' ? 'make an object of JSON by fromJson(text, "Facts")' : undefined;
    problems.push({ code: 'wrong_type', place: 'facts', message: `expected an object with one key for each subject, got ${kind(facts)}`, ...(cure ? { cure } : {}) });
    return '{}';
  }
  return jsonOf(facts, shapes.get('Facts'), '', problems);
}

function language(lang) {
  return lang === undefined ? 'zh' : String(lang);
}

function policyText(file, index) {
  const { name, text } = typeof file === 'string' ? { text: file } : (file ?? {});
  if (typeof text !== 'string') {
    throw new TrainingError([{ code: 'wrong_type', place: `policies[${index}]`, message: `expected the text of a policy file, got ${kind(text ?? file)}` }]);
  }
  return { name: name === undefined ? `policy-${index + 1}.toml` : String(name), text };
}

function fileText(path) {
  try {
    return { name: String(path), text: fs.readFileSync(path, 'utf8') };
  } catch (error) {
    throw new TrainingError([{ code: 'unreadable', place: String(path), message: `cannot be read: ${error.code ?? error.message}` }], { cause: error });
  }
}

const KEY = Symbol('made by the library alone');

class CheckedFacts {
  constructor(key, native) {
    if (key !== KEY) throw new TypeError('facts are checked by check(facts)');
    Object.defineProperty(this, 'native', { value: native });
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
    const { number, made } = token ?? {};
    return new PolicySet(KEY, call([], () => native.Policies.shared(Number.isSafeInteger(number) ? number : 0)), made);
  }

  static #of(made) {
    return new PolicySet(KEY, call([], () => native.Policies.of(made.builtin, made.without, made.files)), made);
  }

  without(...ids) {
    return PolicySet.#of({ ...this.#made, without: [...this.#made.without, ...ids.map(String)] });
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
    return call([], () => this.#native.template(subjects.map(String)));
  }

  calendar(policy, year) {
    return objectOf(this.#ofYear(policy, year, (id, whole) => this.#native.calendar(id, whole)));
  }

  calendarIcs(policy, year, lang) {
    return this.#ofYear(policy, year, (id, whole) => this.#native.calendarIcs(id, whole, language(lang)));
  }

  #ofYear(policy, year, run) {
    const problems = [];
    const isYear = Number.isInteger(year) && year >= 1 && year <= 9999;
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
    return objectOf(this.#answer(decision, facts, options, (question, given) => this.#native.remedySentences(question, given, language(lang))));
  }

  labels(decision, options) {
    const problems = [];
    const question = asked(decision, options, problems);
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
    return objectOf(this.#changed(decision, facts, changes, options, language(lang)));
  }

  #changed(decision, facts, changes, options, lang) {
    const problems = [];
    const isList = Array.isArray(changes);
    const texts = isList ? changes.map((change, index) => text(change, `changes[${index}]`, problems)) : [];
    const others = isList ? undefined : factsOf(changes, problems);
    return this.#answer(decision, facts, options, (question, given) => this.#native.whatIf(question, given, texts, others, lang), problems);
  }

  receipt(decision, facts, options) {
    return objectOf(this.#answer(decision, facts, options, (question, given) => this.#native.receipt(question, given)));
  }

  verify(receipt, facts) {
    const problems = [];
    const sealed = typeof receipt === 'string' ? receipt : jsonOf(receipt, shapes.get('Receipt'), 'receipt', problems, OF_NAMES);
    const given = factsOf(facts, problems);
    if (typeof given !== 'string') throw new TypeError('a receipt is verified against facts, not against a handle of checked ones');
    return objectOf(call(problems, () => this.#native.verify(sealed, given)));
  }

  statementHtml(decision, facts, options) {
    const { lang, issuer } = options ?? {};
    return this.#answer(decision, facts, options, (question, given) => this.#native.statementHtml(question, given, language(lang), issuer));
  }

  explain(verdict, lang) {
    const problems = [];
    const json = jsonOf(verdict, shapes.get('Verdict'), 'verdict', problems, OF_TYPE);
    return objectOf(call(problems, () => this.#native.explain(json, language(lang))));
  }

  #answer(decision, facts, options, run, problems = []) {
    const question = asked(decision, options, problems);
    const given = factsOf(facts, problems);
    return call(problems, () => run(question, given));
  }

  async checkWorkbook(workbook, options) {
    const problems = [];
    const question = asked(options?.decision, options, problems);
    const reports = reportsOf(workbook, options);
    if (problems.length > 0) throw new TrainingError(problems, { cause: problems.cause });
    const bytes = await bytesOf(workbook, reports.name, options?.signal);
    const done = await inBackground(native, options, (stop, told) => this.#native.checkWorkbook(bytes, question, reports, stop, told));
    return { ...objectOf(done.json), ...(reports.html ? { html: done.html } : {}), ...(reports.xlsx ? { xlsx: done.bytes } : {}) };
  }

  async regionReport(workbook, options) {
    const { people = this.#decisionFor('region_people'), targets = this.#decisionFor('region_targets'), publishes } = options ?? {};
    const others = publishes === undefined ? [targets] : [targets, publishes];
    const done = await this.#ofWorkbook('region', workbook, people, others, options);
    const { listHtml, listBytes } = done.made;
    return { ...done.told, ...(listHtml == null ? {} : { publicationHtml: listHtml }), ...(listBytes == null ? {} : { publicationXlsx: listBytes }) };
  }

  async quotas(workbook, options) {
    const { ranking, ...told } = (await this.#ofWorkbook('quotas', workbook, options?.decision ?? this.#decisionFor('quotas'), [], options)).told;
    return told;
  }

  async ranking(workbook, options) {
    const { verdicts, ...told } = (await this.#ofWorkbook('ranking', workbook, options?.decision ?? this.#decisionFor('ranking'), [], options)).told;
    return told;
  }

  #decisionFor(role) {
    return call([], () => this.#native.decisionFor(role));
  }

  async #ofWorkbook(wanted, workbook, decision, others, options) {
    const problems = [];
    const question = asked(decision, options, problems);
    others.forEach((other) => text(other, 'decision', problems));
    const reports = reportsOf(workbook, options);
    if (problems.length > 0) throw new TrainingError(problems, { cause: problems.cause });
    const bytes = await bytesOf(workbook, reports.name, options?.signal);
    const made = await inBackground(native, options, (stop, told) => this.#native.region(wanted, bytes, question, others, reports, stop, told));
    const told = { ...objectOf(made.json), ...(reports.html ? { html: made.html } : {}), ...(reports.xlsx ? { xlsx: made.bytes } : {}) };
    return { made, told };
  }

  async evaluateTable(decision, tables, options) {
    const problems = [];
    const question = asked(decision, options, problems);
    const records = Object.entries(tables?.records ?? {});
    const format = options?.format ?? 'arrow';
    if (format !== 'arrow' && format !== 'parquet') problems.push({ code: 'unknown_code', place: 'format', message: 'expected arrow or parquet' });
    const threads = options?.threads ?? 1;
    if (!Number.isInteger(threads) || threads < 1 || threads > 256) problems.push({ code: 'out_of_range', place: 'threads', message: 'expected a whole number from 1 to 256' });
    for (const [name, bytes] of [['subjects', tables?.subjects], ...records]) {
      if (!(bytes instanceof Uint8Array)) {
        problems.push({ code: 'wrong_type', place: name, message: `expected the bytes of a table, got ${kind(bytes)}`, cure: 'give a Uint8Array of Arrow (tableToIPC) or Parquet' });
      }
    }
    if (problems.length > 0) throw new TrainingError(problems, { cause: problems.cause });
    const names = records.map(([name]) => name);
    const bytes = records.map(([, bytes]) => bytes);
    const run = { threads, parquet: format === 'parquet' };
    const done = await inBackground(native, options, (stop, told) => this.#native.evaluateTable(question, tables.subjects, names, bytes, run, stop, told));
    return { table: done.bytes, ...objectOf(done.json) };
  }
}

/** Which reports are wanted of a workbook, and what they call it. */
function reportsOf(workbook, options) {
  const name = options?.name ?? (typeof workbook === 'string' || workbook instanceof URL ? String(workbook).split(/[\\/]/).pop() : 'workbook');
  return { name: String(name), lang: language(options?.lang), html: options?.html === true, xlsx: options?.xlsx === true };
}

async function bytesOf(workbook, name, signal) {
  if (workbook instanceof Uint8Array) return workbook;
  if (workbook instanceof ArrayBuffer) return new Uint8Array(workbook);
  if (typeof workbook !== 'string' && !(workbook instanceof URL)) {
    throw new TrainingError([{ code: 'wrong_type', place: 'workbook', message: `expected a path or the bytes of a workbook, got ${kind(workbook)}` }]);
  }
  try {
    return await fs.promises.readFile(workbook, { signal });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw new TrainingError([{ code: 'unreadable', place: name, message: `cannot be read: ${error.code ?? error.message}` }], { cause: error });
  }
}

/** The set of the options, or the built-in one. */
function setOf(options) {
  const set = options?.policies ?? PolicySet.builtin();
  if (!(set instanceof PolicySet)) throw new TrainingError([{ code: 'wrong_type', place: 'policies', message: `expected a PolicySet, got ${kind(set)}` }]);
  return set;
}

function shapeOf(type) {
  const shape = shapes.get(type);
  if (!shape) throw new TrainingError([{ code: 'unknown_name', place: 'type', message: `no type is called \`${String(type)}\`` }]);
  return shape;
}

function toJson(value, type = 'Verdict') {
  const problems = [];
  const root = type === 'Facts' ? '' : type.slice(0, 1).toLowerCase() + type.slice(1);
  const json = jsonOf(value, shapeOf(type), root, problems, type === 'Receipt' ? OF_NAMES : OF_TYPE);
  if (problems.length > 0) throw new TrainingError(problems, { cause: problems.cause });
  return json;
}

function fromJson(json, type = 'Verdict') {
  const shape = shapeOf(type);
  // Objects forget what is said twice, and how numbers were written: facts are checked as text.
  if (type === 'Facts') call([], () => native.check(String(json)));
  try {
    return renamed(exact(String(json).replace(/^\ufeff/, '')), shape);
  } catch (error) {
    throw new TrainingError([{ code: 'syntax', place: type.toLowerCase(), message: 'not JSON' }], { cause: error });
  }
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
  return objectOf(call([], () => native.diff(policyText(before, 0), policyText(after, 1), language(lang))));
}

module.exports = {
  CheckedFacts,
  PolicySet,
  TrainingError,
  calendar: (policy, year, options) => setOf(options).calendar(policy, year),
  check,
  checkWorkbook: async (workbook, options) => setOf(options).checkWorkbook(workbook, options),
  diff,
  diffSentences,
  evaluate: (decision, facts, options) => setOf(options).evaluate(decision, facts, options),
  evaluateJson: (decision, facts, options) => setOf(options).evaluateJson(decision, facts, options),
  evaluateTable: async (decision, tables, options) => setOf(options).evaluateTable(decision, tables, options),
  explain: (verdict, lang, options) => setOf(options).explain(verdict, lang),
  feel,
  fromJson,
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
  verify: (receipt, facts, options) => setOf(options).verify(receipt, facts),
  whatIf: (decision, facts, changes, options) => setOf(options).whatIf(decision, facts, changes, options),
  whatIfSentences: (decision, facts, changes, lang, options) => setOf(options).whatIfSentences(decision, facts, changes, lang, options),
  why: (decision, facts, options) => setOf(options).why(decision, facts, options),
};
