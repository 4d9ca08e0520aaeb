// The border: what goes in is read as strictly as JSON is, and nothing that goes in ends the process.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import * as medtrain from '../index.mjs';
import shapes from '../lib/shapes.js';
import { activity, practitioner, problemOf, question } from './facts.mjs';

const { TrainingError, check, evaluate, evaluateJson, fromJson, toJson } = medtrain;
const judged = (facts, more = {}) => evaluate('cq-annual-cme', facts, { ...question, ...more });
const problem = (facts, more) => problemOf(() => judged(facts, more));

test('every wrong value is told at once, each with code, path, message and cure', () => {
  const facts = practitioner(activity({ credits: 5 }), activity({ awardedOn: '2023-02-29', jobRelatd: true }));
  const { error } = problem(facts);
  assert.ok(error instanceof TrainingError && error instanceof Error);
  assert.equal(error.name, 'TrainingError');
  assert.deepEqual(
    error.problems.map(({ code, place }) => [code, place]).sort(),
    [
      ['bad_date', 'practitioner.activities[1].awarded_on'],
      ['inexact_number', 'practitioner.activities[0].credits'],
      ['unknown_name', 'practitioner.activities[1].jobRelatd'],
    ],
  );
  assert.equal(error.code, error.problems[0].code);
  const number = error.problems.find(({ code }) => code === 'inexact_number');
  assert.match(number.message, /expected a decimal in quotes, got 5/);
  assert.match(number.cure, /"12.5"/);
  assert.match(error.message, /practitioner\.activities\[0\]\.credits: .* \[inexact_number\]\n {2}help: /);
});

test('what is wrong with the question and with the facts is told at once, the question first', () => {
  const facts = practitioner(activity({ credits: 5 }), activity({ hours: Symbol('x') }));
  const inFacts = ['inexact_number practitioner.activities[0].credits', 'wrong_type practitioner.activities[1].hours'];
  const told = (run) => problemOf(run).error.problems.map(({ code, place }) => `${code} ${place}`);
  for (const ask of [evaluate, evaluateJson, medtrain.status, medtrain.remedies, medtrain.why, medtrain.portions, medtrain.receipt, medtrain.statementHtml]) {
    const wrong = (more) => told(() => ask('cq-annual-cme', facts, { asOf: '2024-11-15', ...more }));
    assert.deepEqual(wrong({}), ['missing given.year', ...inFacts]);
    assert.deepEqual(wrong({ given: { year: 2024.5, yaer: 1 } }), ['inexact_number given.year', 'unknown_name given.yaer', ...inFacts]);
    assert.deepEqual(wrong({ given: { year: Number.NaN, yaer: 1 } }), ['wrong_type given.year', 'unknown_name given.yaer', ...inFacts]);
    assert.deepEqual(wrong({ asOf: '2024-02-30', knownOn: 'x', given: { year: 2024.5 } }), ['bad_date as_of', 'bad_date known_on', 'inexact_number given.year', ...inFacts]);
    assert.deepEqual(told(() => ask('cq-anual-cme', facts, question)), ['unknown_name decision', ...inFacts]);
  }
  const others = { practitioner: { sex: 'x' } };
  const whatIf = told(() => medtrain.whatIf('cq-annual-cme', practitioner(activity({ credits: 5 })), others, { asOf: '2024-11-15' }));
  assert.deepEqual(whatIf, ['missing given.year', inFacts[0], 'unknown_code practitioner.sex']);
});

test('of very many problems the first are told, and how many more there are', () => {
  const { problems } = problem({ practitioner: { activities: Array(1_000_000).fill(null) } }).error;
  assert.equal(problems.length, 1001);
  assert.equal(problems[999].place, 'practitioner.activities[999]');
  assert.deepEqual(problems[1000], { code: 'wrong_type', place: 'practitioner.activities[1000]', message: 'and 999000 more problems from here on' });
});

test('checked facts can be closed, and are refused from then on', () => {
  const checked = check(practitioner(activity()));
  assert.ok(judged(checked).status);
  checked.close();
  checked.close();
  const receipt = medtrain.receipt('cq-annual-cme', practitioner(activity()), { asOf: '2024-11-15', given: { year: 2024 } });
  for (const ask of [() => judged(checked), () => toJson(checked, 'Facts'), () => medtrain.verify(receipt, checked)]) {
    assert.deepEqual([problemOf(ask).code, problemOf(ask).place], ['missing', 'facts']);
  }
  assert.deepEqual(problemOf(() => medtrain.verify('{', checked)).error.problems.map(({ place }) => place), ['receipt', 'facts']);
});

test('a name of JSON is told the name that JavaScript has for it', () => {
  const { code, place, message, cure } = problem({ practitioner: { person_id: '1' } });
  assert.deepEqual({ code, place }, { code: 'unknown_name', place: 'practitioner.person_id' });
  assert.equal(message, 'no field of practitioner is called `person_id`');
  assert.equal(cure, 'did you mean `personId`?');
  assert.equal(problem({ practitionr: {} }).cure, 'did you mean `practitioner`?');
});

const inActivity = (more) => practitioner(activity(more));
const cyclic = () => {
  const record = activity();
  record.project = record;
  return practitioner(record);
};
const deep = () => {
  let value = 'x';
  for (let depth = 0; depth < 100_000; depth++) value = [value];
  return { practitioner: { extra: { own: value } } };
};
const throwing = (target) => new Proxy(target, { ownKeys: () => { throw new Error('secret 500101'); } });

const BAD = [
  ['a number for a credit', inActivity({ credits: 12 }), 'inexact_number', 'practitioner.activities[0].credits'],
  ['a fraction for a credit', inActivity({ credits: 12.5 }), 'inexact_number', 'practitioner.activities[0].credits'],
  ['NaN', inActivity({ credits: Number.NaN }), 'wrong_type', 'practitioner.activities[0].credits'],
  ['1e400', inActivity({ credits: 1e400 }), 'wrong_type', 'practitioner.activities[0].credits'],
  ['1e400 for a year', inActivity({ yearClaimed: -1e400 }), 'wrong_type', 'practitioner.activities[0].year_claimed'],
  ['1e300', inActivity({ credits: 1e300 }), 'inexact_number', 'practitioner.activities[0].credits'],
  ['true for a credit', inActivity({ credits: true }), 'wrong_type', 'practitioner.activities[0].credits'],
  ['true for a year', inActivity({ yearClaimed: true }), 'wrong_type', 'practitioner.activities[0].year_claimed'],
  ['full-width digits', inActivity({ credits: '２５' }), 'wrong_type', 'practitioner.activities[0].credits'],
  ['a whole number beyond 2 ** 53', inActivity({ credits: 2 ** 53 }), 'inexact_number', 'practitioner.activities[0].credits'],
  ['a BigInt beyond 64 bits', inActivity({ credits: 2n ** 64n }), 'inexact_number', 'practitioner.activities[0].credits'],
  ['a BigInt beyond 64 bits for a year', inActivity({ yearClaimed: -(10n ** 400n) }), 'out_of_range', 'practitioner.activities[0].year_claimed'],
  ['2 ** 64 for a year', inActivity({ yearClaimed: 2 ** 64 }), 'out_of_range', 'practitioner.activities[0].year_claimed'],
  ['a fraction for a year', inActivity({ yearClaimed: 0.5 }), 'wrong_type', 'practitioner.activities[0].year_claimed'],
  ['a BigInt for a credit', inActivity({ credits: 12n }), 'inexact_number', 'practitioner.activities[0].credits'],
  ['a lone surrogate', { practitioner: { personId: 'a\ud800' } }, 'wrong_type', 'practitioner.person_id'],
  ['a lone surrogate in a name', { practitioner: { 'a\udc00': 1 } }, 'unknown_name', 'practitioner.a\ufffd'],
  ['undefined in a list', practitioner(activity(), undefined), 'wrong_type', 'practitioner.activities[1]'],
  ['null in a list', practitioner(null), 'wrong_type', 'practitioner.activities[0]'],
  ['a hole in a list', { practitioner: { activities: [, activity()] } }, 'wrong_type', 'practitioner.activities[0]'],
  ['a function', inActivity({ credits: () => '12' }), 'wrong_type', 'practitioner.activities[0].credits'],
  ['a symbol', inActivity({ credits: Symbol('12') }), 'wrong_type', 'practitioner.activities[0].credits'],
  ['a Date', inActivity({ awardedOn: new Date(0) }), 'wrong_type', 'practitioner.activities[0].awarded_on'],
  ['a Map for a record', { practitioner: new Map() }, 'wrong_type', 'practitioner'],
  ['a Set for a list', { practitioner: { activities: new Set() } }, 'wrong_type', 'practitioner.activities'],
  ['bytes for a list', { practitioner: { activities: new Uint8Array(3) } }, 'wrong_type', 'practitioner.activities'],
  ['a boxed string', inActivity({ credits: new String('12') }), 'wrong_type', 'practitioner.activities[0].credits'],
  ['an object for a list', { practitioner: { activities: {} } }, 'wrong_type', 'practitioner.activities'],
  ['a list for a record', { practitioner: [] }, 'wrong_type', 'practitioner'],
  ['a list for a date', inActivity({ awardedOn: ['2024-01-01'] }), 'wrong_type', 'practitioner.activities[0].awarded_on'],
  ['a date that does not exist', inActivity({ awardedOn: '2023-02-29' }), 'bad_date', 'practitioner.activities[0].awarded_on'],
  ['a code that does not exist', inActivity({ subjectKind: 'Professional' }), 'unknown_code', 'practitioner.activities[0].subject_kind'],
  ['a getter that throws', practitioner({ get credits() { throw new Error('secret 500101'); } }), 'unreadable', 'practitioner.activities[0].credits'],
  ['a proxy that throws', { practitioner: throwing({}) }, 'unreadable', 'practitioner'],
  ['a cycle', cyclic(), 'wrong_type', 'practitioner.activities[0].project'],
  ['no object', 'facts', 'wrong_type', 'facts'],
  ['nothing', undefined, 'wrong_type', 'facts'],
];

for (const [what, facts, code, place] of BAD) {
  test(`${what} is refused with its path`, () => {
    const found = problem(facts);
    assert.deepEqual([found.code, found.place, found.error.problems.length], [code, place, 1], found.error.message);
    assert.doesNotMatch(found.error.message, /500101/, 'what a getter says may be personal');
  });
}

const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const listWhose = (length) => new Proxy([], { get: (list, name) => (name === 'length' ? length() : list[name]) });
const fails = () => {
  throw new Error('secret 500101');
};

const ODD = [
  ['a list whose length throws', { practitioner: { activities: listWhose(fails) } }, 'unreadable', 'practitioner.activities'],
  ['a list whose length is a symbol', { practitioner: { activities: listWhose(() => Symbol('1')) } }, 'wrong_type', 'practitioner.activities'],
  ['a list whose length is an object', { practitioner: { activities: listWhose(() => ({ valueOf: fails })) } }, 'wrong_type', 'practitioner.activities'],
  ['a proxy of a list that was revoked', { practitioner: { activities: revoked([]) } }, 'unreadable', 'practitioner.activities'],
  ['a proxy of a record that was revoked', { practitioner: revoked({}) }, 'unreadable', 'practitioner'],
  ['a proxy of facts that was revoked', revoked({}), 'unreadable', 'facts'],
];

for (const [what, facts, code, place] of ODD) {
  test(`${what} is refused with its path`, () => {
    const found = problem(facts);
    assert.deepEqual([found.code, found.place, found.error.problems.length], [code, place, 1], found.error.message);
    assert.doesNotMatch(found.error.message, /500101/);
  });
}

test('a list with millions of holes is refused at the first of them', () => {
  const far = [];
  far[20_240_510] = activity();
  const lists = [[far, 0], [new Array(4_000_000), 0], [[activity(), , ...Array(1000)], 1]];
  for (const [activities, first] of lists) {
    const begun = performance.now();
    const { code, place, error } = problem({ practitioner: { activities } });
    assert.deepEqual([code, place, error.problems.length], ['wrong_type', `practitioner.activities[${first}]`, 1]);
    assert.ok(performance.now() - begun < 1000);
  }
});

test('of very many problems a list tells so many, and a message fewer', () => {
  const { error } = problem({ practitioner: { activities: new Array(1_000_000).fill(undefined) } });
  assert.equal(error.problems.length, 1001);
  const { place, message } = error.problems.find((one) => !one.place.includes('['));
  assert.deepEqual([place, message], ['practitioner.activities', 'the list has 1000 problems and perhaps more: the rest of it was not read']);
  assert.ok(error.message.length < 20_000);
  assert.match(error.message, /\nand 901 more problems$/);
});

test('of very many names that nobody knows a record tells as many as the core', () => {
  const facts = { practitioner: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`strange${index}`, 1])) };
  const told = (run) => problemOf(run).error.problems.map(({ code, place, message }) => [code, place, message]);
  assert.deepEqual(told(() => judged(facts)), told(() => fromJson(JSON.stringify(facts), 'Facts')));
});

test('a name that nobody knows is cut as the core cuts it', () => {
  for (const name of ['x'.repeat(40), 'x'.repeat(60), '\u{20000}'.repeat(41), '\u{20000}'.repeat(40)]) {
    const facts = { practitioner: { [name]: 1 } };
    const told = ({ code, place, message }) => ({ code, place, message });
    assert.deepEqual(told(problem(facts)), told(problemOf(() => fromJson(JSON.stringify(facts), 'Facts'))));
  }
});

test('problems are told in the order in which they stand in the facts, whoever found them', () => {
  const facts = {
    practitioner: {
      appointedOn: 1,
      activities: [activity({ awardedOn: '2023-02-29' }), activity({ credits: 5, actvities: 1 }), activity({ hours: Symbol('x') }), activity({ credits: 5, titel: 'x' })],
      titleGrade: 'seniro',
      licenceNo: 5,
      actvities: [],
    },
  };
  const places = (run) => problemOf(run).error.problems.map(({ place }) => place);
  assert.deepEqual(places(() => judged(facts)), [
    'practitioner.appointedOn',
    'practitioner.activities[0].awarded_on',
    'practitioner.activities[1].credits',
    'practitioner.activities[1].actvities',
    'practitioner.activities[2].hours',
    'practitioner.activities[3].credits',
    'practitioner.activities[3].titel',
    'practitioner.title_grade',
    'practitioner.licence_no',
    'practitioner.actvities',
  ]);
  assert.deepEqual(places(() => judged({ practitioner: { actvities: 1, licenceNo: 5 } }, { given: {} })), ['given.year', 'practitioner.actvities', 'practitioner.licence_no']);
});

test('what an object has of its class is not left out in silence', () => {
  class Person {
    get activities() {
      return [activity()];
    }
  }
  class Doctor extends Person {}
  for (const person of [new Person(), new Doctor(), Object.create({ activities: [activity()] }), Object.create(new Doctor())]) {
    const { code, place, message, cure } = problem({ practitioner: person });
    assert.deepEqual([code, place], ['wrong_type', 'practitioner']);
    assert.match(message, /`activities`/);
    assert.match(cure, /plain object/);
  }
  class Whole {
    get practitioner() {
      return {};
    }
  }
  assert.equal(problem(new Whole()).place, 'facts');
});

test('objects of another realm are plain ones', () => {
  const facts = runInNewContext('({ practitioner: { personId: "1001", activities: [] } })');
  assert.equal(judged(facts).subjectId, '1001');
});

test('what is no number has one cure wherever it stands', () => {
  for (const nothing of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const found = [problem(inActivity({ credits: nothing })), problem({ practitioner: { extra: { points: nothing } } }), problem(practitioner(), { given: { year: nothing } })];
    assert.deepEqual(found.map(({ code, cure }) => [code, cure]), Array(3).fill(['wrong_type', 'leave out what is not known']));
  }
  for (const [number, code] of [[2n ** 64n, 'out_of_range'], [2 ** 64, 'out_of_range'], [0.1, 'inexact_number']]) {
    const own = problem({ practitioner: { extra: { points: number } } });
    assert.deepEqual([own.code, own.place], [code, 'practitioner.extra.points']);
  }
});

test('a list that changes while it is read ends', () => {
  const activities = [activity()];
  const growing = () => Object.defineProperty(activity(), 'credits', {
    enumerable: true,
    get() {
      if (activities.length < 1000) activities.push(growing());
      return '1';
    },
  });
  activities.push(growing());
  assert.equal(judged({ practitioner: { activities } }).records.length, 1000);
  const shrinking = Object.defineProperty(activity(), 'credits', { enumerable: true, get: () => (activities.length = 0, '1') });
  activities.splice(0, Number.POSITIVE_INFINITY, shrinking, activity());
  assert.equal(judged({ practitioner: { activities } }).records.length, 1);
});

test('objects that are very deep are refused, and the stack holds', () => {
  const { code, place } = problem(deep()).error.problems.find((one) => one.place.includes('['));
  assert.equal(code, 'too_large');
  assert.match(place, /^practitioner\.extra\.own(\[0\])+$/);
});

test('what is wrong in JSON has the same code and path as an object', () => {
  for (const [what, facts, code, place] of BAD) {
    let json;
    try {
      json = JSON.stringify(facts);
    } catch {
      continue;
    }
    if (json === undefined || JSON.stringify(JSON.parse(json)) !== json || what.includes('surrogate') || typeof facts !== 'object') continue;
    // What JSON.stringify loses without a word is what the border is stricter about.
    if (/NaN|1e400|1e300|BigInt|2 \*\* 64|function|symbol|Map|Set|bytes|undefined|hole|Date|boxed|beyond/.test(what)) continue;
    const text = json.replace(/"([a-z]+(?:[A-Z][a-z]*)+)":/g, (_, name) => `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`);
    const found = problemOf(() => fromJson(text, 'Facts'));
    assert.deepEqual([found.code, found.place], [code, place], what);
  }
});

test('undefined is left out, and null says that there is none', () => {
  const missing = (facts) => judged(facts).findings.find(({ provision }) => provision === 'cq-credits').missing;
  const { credits, ...rest } = activity();
  assert.deepEqual(missing(practitioner(rest)), ['practitioner.activities[0].credits']);
  assert.deepEqual(missing(inActivity({ credits: undefined })), missing(practitioner(rest)));
  assert.deepEqual(missing(inActivity({ credits: null })), [], 'that there is none is known');
});

test('objects of a class and without a prototype are read as plain ones', () => {
  class Activity {
    constructor() {
      Object.assign(this, activity());
    }
  }
  const bare = Object.assign(Object.create(null), activity());
  assert.deepEqual(judged(practitioner(new Activity())), judged(practitioner(activity())));
  assert.deepEqual(judged(practitioner(bare)), judged(practitioner(activity())));
});

test('a record that stands in two places is no cycle', () => {
  const twice = activity();
  assert.equal(judged(practitioner(twice, twice)).records.length, 2);
});

test('what is given is checked as strictly, with its path', () => {
  const given = (value) => problem(practitioner(), { given: value });
  assert.deepEqual([given({ year: '2024' }).code, given({ year: '2024' }).place], ['wrong_type', 'given.year']);
  assert.deepEqual([given({ year: 2024.5 }).code, given({ year: 2024.5 }).place], ['inexact_number', 'given.year']);
  assert.deepEqual([given({}).code, given({}).place], ['missing', 'given.year']);
  assert.deepEqual([given({ yaer: 2024 }).code, given({ yaer: 2024 }).place], ['unknown_name', 'given.yaer']);
  for (const [year, code] of [
    [Number.NaN, 'wrong_type'], [2n ** 64n, 'out_of_range'], [-(2n ** 70n), 'out_of_range'], [2 ** 64, 'out_of_range'], [true, 'wrong_type'],
    ['２０２４', 'wrong_type'], [new Date(0), 'wrong_type'], [[2024], 'wrong_type'], [null, 'wrong_type'], ['\ud800', 'wrong_type'],
  ]) {
    assert.deepEqual([given({ year }).code, given({ year }).place], [code, 'given.year'], String(year));
  }
  assert.equal(given([2024]).place, 'given');
  assert.equal(judged(practitioner(), { given: { year: 2024n } }).given.year, 2024);
  assert.equal(problem(practitioner(), { asOf: '2024-02-30' }).code, 'bad_date');
  assert.equal(problem(practitioner(), { asOf: new Date() }).place, 'as_of');
  assert.equal(problem(practitioner(), { knownOn: 'yesterday' }).place, 'known_on');
  assert.equal(problemOf(() => evaluate('cq-annual-cme', practitioner())).place, 'options');
  assert.match(problemOf(() => evaluate('cq-anual-cme', practitioner(), question)).cure, /cq-annual-cme/);
});

test('a verdict is canonical JSON again, byte for byte, also when it was built field by field in another order', () => {
  const verdict = judged(practitioner(activity(), activity({ awardedOn: '2023-10-20' })));
  const json = toJson(verdict);
  assert.ok(json.startsWith('{"decision":"cq-annual-cme","subject":"practitioner","subject_id":"1001","as_of":"2024-09-23","given":{"year":2024},"status":"'));
  const backwards = (value) => {
    if (Array.isArray(value)) return value.map(backwards);
    if (typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).reverse().map(([name, item]) => [name, backwards(item)]));
  };
  assert.equal(toJson(backwards(verdict)), json);
  assert.equal(toJson(fromJson(json)), json);
  assert.deepEqual(fromJson(json), verdict);
});

test('names that a policy gives stay as they are', () => {
  const facts = fromJson('{"practitioner": {"person_id": "1", "extra": {"own_fact": {"inner_name": 1}}}}', 'Facts');
  assert.deepEqual(facts, { practitioner: { personId: '1', extra: { own_fact: { inner_name: 1 } } } });
  assert.equal(toJson(facts, 'Facts'), '{"practitioner":{"person_id":"1","extra":{"own_fact":{"inner_name":1}}}}');
});

test('whole numbers that JavaScript does not hold are BigInts, and lose no digit', () => {
  const facts = fromJson('{"practitioner": {"extra": {"n": 9007199254740993, "text": "9007199254740993 \\" 1"}}}', 'Facts');
  assert.deepEqual(facts.practitioner.extra, { n: 9007199254740993n, text: '9007199254740993 " 1' });
  assert.match(toJson(facts, 'Facts'), /"n":9007199254740993,/);
});

test('text that begins with a null character stays text', () => {
  for (const personId of ['\0' + '123', '\0-5', '\0\0' + '1', '\0', '\0a']) {
    const verdict = evaluate('cq-annual-cme', { practitioner: { personId } }, { given: { year: 2024 }, asOf: '2024-11-15' });
    assert.equal(verdict.subjectId, personId);
    assert.equal(fromJson(toJson(verdict)).subjectId, personId);
    assert.equal(fromJson(toJson({ practitioner: { personId } }, 'Facts'), 'Facts').practitioner.personId, personId);
  }
});

test('facts are read as strictly from JSON text as everywhere', () => {
  const text = '{"practitioner": {"person_id": "1", "person_id": "2", "activities": [{"credits": 1.5}]}}';
  assert.throws(() => fromJson(text, 'Facts'), (error) => {
    assert.deepEqual(error.problems.map(({ code, place }) => `${code} ${place}`).sort(), [
      'duplicate practitioner.person_id', 'inexact_number practitioner.activities[0].credits',
    ]);
    return true;
  });
});

test('JSON of facts is canonical, in whatever form they were given', () => {
  const text = '{"practitioner":{"activities":[{"credits":"25.000","job_related":null}],"none":[]}}';
  const canonical = '{"practitioner":{"activities":[{"credits":"25","none":["job_related"]}]}}';
  const facts = fromJson(text, 'Facts');
  assert.equal(toJson(facts, 'Facts'), canonical);
  assert.equal(toJson(fromJson(canonical, 'Facts'), 'Facts'), canonical);
  assert.equal(toJson(check(facts), 'Facts'), canonical);
  const backwards = { practitioner: { activities: [{ jobRelated: true, credits: '1.50' }], personId: '1' } };
  assert.equal(toJson(backwards, 'Facts'), '{"practitioner":{"person_id":"1","activities":[{"credits":"1.5","job_related":true}]}}');
  assert.equal(problemOf(() => toJson(practitioner(activity({ credits: 5 })), 'Facts')).place, 'practitioner.activities[0].credits');
});

test('what is no JSON of a type is told', () => {
  const told = (...given) => {
    const { code, place } = problemOf(() => fromJson(...given));
    return [code, place];
  };
  for (const json of ['null', '5', '"met"', '[]']) assert.deepEqual(told(json), ['wrong_type', 'verdict'], json);
  assert.deepEqual(told('{'), ['syntax', 'verdict']);
  assert.deepEqual(told('{', 'CalendarEntry'), ['syntax', 'calendarEntry']);
  for (const json of [null, undefined, 5, Symbol('x'), Buffer.from('{}')]) assert.deepEqual(told(json), [json === undefined ? 'missing' : 'wrong_type', 'verdict']);
  for (const name of ['findings', 'nothing']) {
    const deep = `{"${name}":`.repeat(100_000);
    assert.deepEqual(told(`${deep}1${'}'.repeat(100_000)}`), ['too_large', 'verdict'], name);
    assert.deepEqual(told(deep), ['syntax', 'verdict'], name);
  }
  for (const type of [5, null, Symbol('Verdict'), 'Nothing', {}]) {
    assert.equal(problemOf(() => toJson({}, type)).place, 'type');
    assert.equal(problemOf(() => fromJson('{}', type)).place, 'type');
  }
});

test('no field shares its name with values whose names a policy gives', () => {
  const all = [...shapes.shapes.values()].flatMap((shape) => [...shape.byJs.values()]);
  const values = new Set(all.filter((field) => field.shape === shapes.VALUES).map((field) => field.json));
  assert.deepEqual([...values].sort(), ['extra', 'given']);
  // A list of records is told from them by its bracket (`src/names.rs`); one record of that name could not be.
  const others = all.filter((field) => values.has(field.json) && field.shape && field.shape !== shapes.VALUES);
  assert.deepEqual(others.map((field) => field.of).sort(), ['GivenSummary', 'ValueLabel']);
});

test('a name that JavaScript treats in its own way is a name like any other', () => {
  const text = '{"practitioner": {"__proto__": {"activities": []}}}';
  assert.equal(problemOf(() => fromJson(text, 'Facts')).place, 'practitioner.__proto__');
  assert.equal(problem(JSON.parse(text)).place, 'practitioner.__proto__');
  assert.equal({}.activities, undefined);
});

test('whatever is put wherever, it is a verdict or an error with code, place and message', () => {
  let seed = 20240229;
  const below = (limit) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  const odd = [
    undefined, null, true, 0, -0, -1, 1.5, 1e21, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, 10n ** 30n, -(2n ** 63n), '', '25', '1e400', '-3', ' 12', '２５', '2024-02-30',
    '2024-05-10', 'a\ud800', '\u0000123', '"\\\u2028', '𠮷', 'x'.repeat(100_000), [], {}, [[]], [null], () => 1, Symbol('s'), new Date(Number.NaN), /x/, new Map(), Object(1n),
    new Proxy({}, { get: () => { throw null; } }), Object.create({ inherited: 1 }), { toJSON: () => '12' }, { then: 1 }, new Array(3), Object.freeze(['title']), { '': 1 },
  ];
  const names = [...shapes.shapes.get('Activity').byJs.keys(), ...shapes.shapes.get('Practitioner').byJs.keys(), 'constructor', '__proto__', 'x\ud800', ''];
  let verdicts = 0;
  for (let round = 0; round < 3_000; round++) {
    const facts = practitioner(activity(), activity());
    const targets = [facts, facts.practitioner, facts.practitioner.activities, ...facts.practitioner.activities];
    for (let change = below(3); change >= 0; change--) {
      const target = targets[below(targets.length)];
      const name = Array.isArray(target) ? below(4) : names[below(names.length)];
      Object.defineProperty(target, name, { value: odd[below(odd.length)], writable: true, enumerable: true, configurable: true });
    }
    try {
      assert.ok(judged(facts).status);
      verdicts += 1;
    } catch (error) {
      if (!(error instanceof TrainingError)) throw error;
      for (const { code, place, message } of error.problems) assert.ok(code && place && message && message.isWellFormed() && place.isWellFormed());
    }
  }
  assert.ok(verdicts > 20 && verdicts < 2_900, `${verdicts} verdicts: both happen`);
});
