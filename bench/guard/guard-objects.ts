/**
 * The guard's own objects, kept as they are instead of as JSON: reading and writing its pages for each request would be
 * half of the time that a trace takes. They see nothing of it, because they write down whatever they change.
 */
import type { ObjectNamespace } from '../../worker/bindings.ts';
import { GuardObject } from '../../worker/guard/guard-object.ts';

export interface GuardObjects {
  namespace: ObjectNamespace;
  /** Rings the alarms that are due. */
  ring(nowMs: number): void;
}

interface Kept {
  methods: object;
  object: GuardObject;
  alarmMs: number | undefined;
}

export function createGuardObjects(): GuardObjects {
  const objects = new Map<string, Kept>();

  function create(): Kept {
    const values = new Map<string, unknown>();
    const object = new GuardObject({
      kv: {
        get: <Value>(key: string) => values.get(key) as Value | undefined,
        put: (key, value) => void values.set(key, value),
      },
      setAlarm: (atMs) => {
        kept.alarmMs = atMs;
      },
      deleteAll: () => {
        values.clear();
        kept.alarmMs = undefined;
      },
    });
    const kept: Kept = { object, methods: callsOf(object), alarmMs: undefined };
    return kept;
  }

  return {
    namespace: {
      getByName(name) {
        const kept = objects.get(name) ?? create();
        objects.set(name, kept);
        return kept.methods;
      },
    },
    ring(nowMs) {
      for (const kept of objects.values()) {
        if (kept.alarmMs === undefined || kept.alarmMs > nowMs) continue;
        kept.alarmMs = undefined;
        kept.object.alarm(nowMs);
      }
    },
  };
}

/** Every method as a call that answers with a promise. */
function callsOf(object: GuardObject): object {
  const target = object as unknown as Record<string, (...parameters: unknown[]) => unknown>;
  const names = Object.getOwnPropertyNames(GuardObject.prototype).filter(
    (name) => name !== 'constructor' && name !== 'alarm',
  );
  return Object.fromEntries(
    names.map((name) => [name, async (...parameters: unknown[]) => target[name]?.(...parameters)]),
  );
}
