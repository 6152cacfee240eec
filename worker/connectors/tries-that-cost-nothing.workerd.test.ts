/** What a provider has not taken, for no fault of the message's, costs neither the phone nor the budgets anything. */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../sandbox/faults.ts';
import { codeOf, PHONE, SETTINGS, startService } from '../../test/support/worker/harness.ts';
import { BY_MITTO_SMS } from '../../test/support/worker/providers.ts';

const headers = { Authorization: `Bearer ${SETTINGS.SITE_SECRET}` };
const TRIES: [string, Fault, string][] = [
  ['asks to wait', { kind: 'status', on: 'any', status: 429 }, 'temporarily_unavailable'],
  ['does not know the key', { kind: 'status', on: 'any', status: 401 }, 'misconfigured'],
  ['does not know the sender', { kind: 'refused', on: 'mitto-sms', code: 6 }, 'misconfigured'],
];

describe.each(TRIES)('a provider that %s', (_what, fault, code) => {
  it('rejects before sending: limits are refunded, and the same Idempotency-Key may retry', async () => {
    const service = startService({
      settings: { ...BY_MITTO_SMS, LIMITS: { send_total: '2/1d' } },
    });
    service.sandbox.knobs.patch({ faults: [{ ...fault, times: 3 }] });
    const ask = () => service.post('/v1/send', { phone: PHONE }, { idempotencyKey: 'gesture-1' });
    for (let nth = 1; nth <= 3; nth++) expect(await codeOf(await ask())).toBe(code);
    expect(await codeOf(await ask())).toBe('ok');
    expect(service.sandbox.inbox.list()).toHaveLength(1);
  });

  it('has taken no message', async () => {
    const service = startService({
      settings: { ...BY_MITTO_SMS, LIMITS: { send_total: '2/1d' } },
    });
    service.sandbox.knobs.patch({ faults: [{ ...fault, times: 3 }] });
    const ask = () =>
      service.post(
        '/v1/messages',
        { to: PHONE, text: 'Your table is ready.' },
        { idempotencyKey: 'message-1', headers },
      );
    for (let nth = 1; nth <= 3; nth++) expect(await codeOf(await ask())).toBe(code);
    expect(await codeOf(await ask())).toBe('ok');
    expect(service.sandbox.inbox.list()).toHaveLength(1);
  });
});

it('a stored response is replayed while its provider is down', async () => {
  const service = startService({ settings: BY_MITTO_SMS });
  const ask = (to: string, idempotencyKey: string) =>
    service.post('/v1/messages', { to, text: 'x' }, { idempotencyKey, headers });
  const first = await (await ask(PHONE, 'message-1')).json();
  service.sandbox.knobs.patch({ faults: [{ kind: 'status', on: 'any', status: 503 }] });
  for (let nth = 0; nth < 5; nth++) await ask(`+49151234567${nth}0`, `other-${nth}`);
  expect(await codeOf(await ask('+4915123456799', 'new'))).toBe('temporarily_unavailable');
  expect(await (await ask(PHONE, 'message-1')).json()).toEqual(first);
});
