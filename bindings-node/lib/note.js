'use strict';

/**
 * Where problems stand.
 *
 * What the border finds and what the library finds in the text that the border wrote are told in one order: that in which they stand in the facts.
 */

/** Where in the text a problem of the border stands: how many fields or items were written before it, on each level. */
const PLACES = new WeakMap();

/** Notes a problem at this step inside of what is above. */
function note(to, up, step, code, message, cure) {
  const place = path(up, step) || 'facts';
  const problem = { code, place: place.toWellFormed(), message: message.toWellFormed(), ...(cure === undefined ? {} : { cure }) };
  const levels = [];
  let above = up;
  for (; above; above = above.up) {
    levels.unshift(above.written);
    if (!above.up && above.step === '') PLACES.set(problem, levels);
  }
  to.problems.push(problem);
  return undefined;
}

function path(up, step) {
  if (!up) return step;
  const above = path(up.up, up.step);
  return above === '' || step.startsWith('[') ? above + step : `${above}.${step}`;
}

/** What was found at the border and what the library found, in one order: each list of them is in order by itself. */
function inOrder(own, found, text) {
  if (own.length === 0 || found.length === 0) return [...own, ...found];
  const facts = text === undefined ? {} : JSON.parse(text);
  const told = new Set(own.map(({ place }) => place));
  // What the border left out is told once, by the border.
  const others = found.filter(({ place }) => !told.has(place));
  const all = [];
  let next = 0;
  for (const other of others) {
    const levels = levelsOf(other.place, facts);
    while (next < own.length && !isBefore(levels, PLACES.get(own[next]) ?? [])) all.push(own[next++]);
    all.push(other);
  }
  return [...all, ...own.slice(next)];
}

/** Where a path stands in facts; what is asked, which is no part of them, comes before all. */
function levelsOf(place, facts) {
  const levels = [];
  let value = facts;
  for (const [, name, index] of place.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    const level = index === undefined ? Object.keys(value ?? {}).indexOf(name) : Number(index);
    if (level < 0) return levels.length === 0 ? [] : [...levels, Number.POSITIVE_INFINITY];
    levels.push(level);
    value = value?.[index ?? name];
  }
  return levels;
}

function isBefore(one, other) {
  const level = one.findIndex((level, depth) => level !== other[depth]);
  return level < 0 ? one.length < other.length : one[level] < (other[level] ?? -1);
}

module.exports = { inOrder, note };
