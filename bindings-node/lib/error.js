'use strict';

/** By what an error of the library is known; `src/problems.rs` writes it. */
const MARK = 'medtrain:';

/** An input that cannot be used, with every problem that was found in it. */
class TrainingError extends Error {
  constructor(problems, options) {
    super(allTold(problems), options);
    this.name = 'TrainingError';
    this.problems = problems;
    this.code = problems[0]?.code;
  }
}

/** How many problems a message tells; `problems` has them all. */
const OF_A_MESSAGE = 100;

function allTold(problems) {
  const more = problems.length - OF_A_MESSAGE;
  return problems.slice(0, OF_A_MESSAGE).map(told).concat(more > 0 ? [`and ${more} more problems`] : []).join('\n');
}

function told({ code, place, message, cure, excerpt }) {
  return `${place}: ${message} [${code}]${excerpt ? `\n${excerpt}` : ''}${cure ? `\n  help: ${cure}` : ''}`;
}

/** The problems of an error that the library threw; of any other there are none. */
function problemsOf(error) {
  return typeof error?.message === 'string' && error.message.startsWith(MARK) ? JSON.parse(error.message.slice(MARK.length)) : undefined;
}

/** What is thrown for what the library threw. */
function trainingError(error) {
  const problems = problemsOf(error);
  return problems ? new TrainingError(problems) : error;
}

module.exports = { TrainingError, problemsOf, trainingError };
