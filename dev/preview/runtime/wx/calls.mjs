// The two ways to call WeChat: with success, fail and complete, or with a promise.

/** Why a call failed; becomes `{errMsg: "name:fail why", errno}` with `more` beside it. */
export class Failure extends Error {
  constructor(why, errno = undefined, more = {}) {
    super(why);
    this.errno = errno;
    this.more = more;
  }
}

/** What a failed call tells the mini-program. */
export function failureOf(name, error) {
  const result = { errMsg: `${name}:fail ${error.message}`, ...error.more };
  if (error.errno !== undefined) result.errno = error.errno;
  return result;
}

/**
 * A call of WeChat's shape around `work(options)`, which may be asynchronous.
 *
 * It answers by callbacks if there are any and by a promise if not, never at once. An error that is no Failure is the
 * preview's own mistake and is reported as well.
 */
export function asCall(name, work, faults) {
  return (options = {}) => {
    const { success, fail, complete } = options;
    const outcome = Promise.resolve()
      .then(() => work(options))
      .then(
        (result) => ({ ok: true, result: { errMsg: `${name}:ok`, ...result } }),
        (error) => {
          if (!(error instanceof Failure)) faults.report(error);
          return { ok: false, result: failureOf(name, error) };
        },
      );
    if (!success && !fail && !complete) {
      return outcome.then(({ ok, result }) => {
        if (ok) return result;
        throw result;
      });
    }
    outcome.then(({ ok, result }) => {
      const told = ok ? success : fail;
      if (told) faults.guard(told, result);
      if (complete) faults.guard(complete, result);
    });
    return undefined;
  };
}

/** Many such calls: `{name: work}` becomes `{name: call}`. */
export function asCalls(works, faults) {
  return Object.fromEntries(Object.entries(works).map(([name, work]) => [name, asCall(name, work, faults)]));
}
