import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BURST_POLICY } from './burst-limiter.ts';

it('tells callers of the shield as wrangler.toml sets it', async () => {
  const text = await readFile(join(import.meta.dirname, '../../cli/wrangler.toml'), 'utf8');
  const [, limit, period] = /simple = { limit = (\d+), period = (\d+) }/.exec(text) ?? [];
  expect(BURST_POLICY).toEqual({ count: Number(limit), windowMs: Number(period) * 1000 });
});
