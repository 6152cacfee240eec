import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerOf } from './caller.ts';

describe('whose request it is', () => {
  it('says the connection where no proxy is trusted, whatever the header says', () => {
    fc.assert(
      fc.property(fc.option(fc.string()), (forwardedFor) => {
        expect(callerOf({ peer: '192.0.2.1', forwardedFor, trustedProxies: 0 })).toBe('192.0.2.1');
      }),
    );
  });

  it('says the outermost proxy of ours, whatever a caller has written before', () => {
    const address = fc.ipV4();
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.array(address, { minLength: 1, maxLength: 3 }),
        (written, added) => {
          const forwardedFor = [...written, ...added].join(', ');
          const trustedProxies = added.length;
          expect(callerOf({ peer: '10.0.0.1', forwardedFor, trustedProxies })).toBe(added[0]);
        },
      ),
    );
  });

  it.each([null, '', '192.0.2.1'])(
    'is not known where a proxy has not told (%s)',
    (forwardedFor) => {
      const caller = callerOf({ peer: '10.0.0.1', forwardedFor, trustedProxies: 2 });
      expect(caller).toBeUndefined();
    },
  );
});
