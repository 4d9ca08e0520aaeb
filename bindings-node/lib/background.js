'use strict';

const { trainingError } = require('./error.js');

/**
 * Runs work of the library on another thread: `start` takes something to stop it by and a function that takes progress.
 *
 * Where the signal aborts, or the caller's own function throws, the promise is rejected at once, and the work ends at its next step.
 */
async function inBackground(native, { onProgress, signal }, start) {
  signal?.throwIfAborted();
  const stop = new native.Stop();
  return new Promise((resolve, reject) => {
    let over = false;
    const end = (settle, value) => {
      if (over) return;
      over = true;
      signal?.removeEventListener('abort', abort);
      settle(value);
    };
    const giveUp = (reason) => {
      stop.stop();
      end(reject, reason);
    };
    const abort = () => giveUp(signal.reason);
    const told = (progress) => {
      if (over) return;
      try {
        onProgress(progress);
      } catch (error) {
        giveUp(error);
      }
    };
    signal?.addEventListener('abort', abort, { once: true });
    start(stop, onProgress ? told : undefined).then(
      // What was told last is still on its way.
      (done) => setImmediate(end, resolve, done),
      (error) => end(reject, trainingError(error)),
    );
  });
}

module.exports = { inBackground };
