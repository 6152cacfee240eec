/** Rejects if the promise is not settled in time. The work continues in the background. */
export async function deadline<T>(promise: PromiseLike<T>, milliseconds: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new DeadlineError(milliseconds)), milliseconds);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';

  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
  }
}
