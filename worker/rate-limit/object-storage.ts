/**
 * What an object keeps things in: a Durable Object's own storage, or that of another host (`worker/hosts/node/`). Every method
 * is done when it returns; where it is written later, the host holds the answer back until then.
 */
export interface ObjectStorage {
  kv: {
    get<Value>(key: string): Value | undefined;
    /** What structured cloning can copy, and JSON. */
    put(key: string, value: unknown): void;
  };
  /** One at a time: a later call moves it. */
  setAlarm(atMs: number): unknown;
  /** With the alarm. */
  deleteAll(): unknown;
}

/** An object as its host sees it; callers that look it up by name use its other methods. */
export interface Hosted {
  /** Rings once, at the time that was set or later. */
  alarm(nowMs: number): void;
}

/** An object as it is called from outside, wherever it lives. */
export type Remote<Target> = {
  [Method in keyof Target]: Target[Method] extends (...parameters: infer Parameters) => infer Answer
    ? (...parameters: Parameters) => PromiseLike<Answer>
    : never;
};
