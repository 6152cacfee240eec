import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemResponse } from './responses.ts';

describe('Retry-After', () => {
  it('is never too early and at most a second late, for any wait in milliseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90_000_000 }), (waitMs) => {
        const { headers } = problemResponse({ code: 'rate_limited', waitMs }, undefined);
        const seconds = Number(headers.get('Retry-After'));
        expect(seconds * 1000).toBeGreaterThanOrEqual(waitMs);
        expect((seconds - 1) * 1000).toBeLessThan(waitMs);
      }),
    );
  });

  it('is at least a second where the wait is unknown or over', () => {
    expect(problemResponse({ code: 'rate_limited' }, undefined).headers.get('Retry-After')).toBe(
      '1',
    );
  });

  it('is the same wait that RateLimit states, within the policy in whole seconds', () => {
    const policy = { name: 'send', count: 5, windowMs: 600_000 };
    const { headers } = problemResponse({ code: 'rate_limited', waitMs: 1_001 }, policy);
    expect(headers.get('Retry-After')).toBe('2');
    expect(headers.get('RateLimit')).toBe('"send";r=0;t=2');
    expect(headers.get('RateLimit-Policy')).toBe('"send";q=5;w=600');
  });

  it('is absent from an error that no wait changes', () => {
    const { headers } = problemResponse({ code: 'invalid_phone', waitMs: 5_000 }, undefined);
    expect(headers.get('Retry-After')).toBeNull();
  });
});
