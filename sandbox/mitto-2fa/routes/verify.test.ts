import { describe, expect, it } from 'vitest';
import { Harness, PHONE, wrongFor } from '../../testing.ts';

describe('verify', () => {
  it('answers a right code with the documented success', async () => {
    const harness = new Harness();
    const { code, requestID } = await harness.send();
    expect(await harness.verify(code)).toMatchObject({
      status: 200,
      json: { code: 200, message: 'OK', requestID },
    });
  });

  it.each([
    { service: '2FA', number: PHONE },
    { service: '2FA', to: PHONE },
    { number: PHONE.slice(1) },
    { number: PHONE, to: PHONE },
  ])('takes the keys %j', async (keys) => {
    const harness = new Harness();
    const { code } = await harness.send();
    expect((await harness.verify(code, keys)).status).toBe(200);
  });

  it('takes the requestID, alone or with the others', async () => {
    const harness = new Harness();
    const first = await harness.send();
    const second = await harness.send();
    expect((await harness.verify(first.code, { requestID: first.requestID })).status).toBe(200);
    const keys = { requestID: second.requestID, service: '2FA', number: PHONE };
    expect((await harness.verify(second.code, keys)).status).toBe(200);
  });

  it('wants every given key to fit', async () => {
    const harness = new Harness();
    const { code, requestID } = await harness.send();
    for (const keys of [
      { service: 'other', number: PHONE },
      { service: '2FA', number: '+4915100000000' },
      { requestID, number: '+4915100000000' },
      { requestID: `OTP${'0'.repeat(32)}` },
    ])
      expect((await harness.verify(code, keys)).status).toBe(400);
    expect((await harness.verify(code)).status).toBe(200);
  });

  it.each([
    [{ number: PHONE }, undefined, /^code: /],
    [{ number: PHONE }, 'abc', /^code: /],
    [{ service: '2FA' }, '123456', /^number: /],
    [{ number: PHONE, to: '+1' }, '123456', /^number: /],
  ])('refuses what names no OTP or no code: %j %j', async (keys, code, message) => {
    const { status, json } = await new Harness().call('POST', '/2fa/verify', { ...keys, code });
    expect(status).toBe(400);
    expect(json['message']).toMatch(message);
  });

  it.each([
    ['http_400', 400, { code: 400, message: 'Invalid code' }],
    ['http_200_code_400', 200, { code: 400, message: 'Invalid code' }],
    ['http_404', 404, { code: 404, message: 'Invalid code' }],
    ['http_200_valid_false', 200, { code: 200, message: 'OK', valid: false }],
  ] as const)(
    'answers a wrong code as the knob says: %s',
    async (wrongCodeAnswer, status, json) => {
      const harness = new Harness({ knobs: { wrongCodeAnswer } });
      const { code } = await harness.send();
      expect(await harness.verify(wrongFor(code))).toMatchObject({ status, json });
    },
  );

  it('answers where no OTP is open as it does a wrong code, or 404 with the knob noOtpAnswer', async () => {
    const harness = new Harness();
    expect(await harness.verify('123456')).toMatchObject({
      status: 400,
      json: { message: 'Invalid code' },
    });
    harness.sandbox.knobs.patch({ noOtpAnswer: 'http_404' });
    expect(await harness.verify('123456')).toMatchObject({
      status: 404,
      json: { code: 404, message: 'No open OTP' },
    });
  });

  it('compares with any open OTP, or with the newest alone with the knob verifyMatches', async () => {
    for (const [verifyMatches, status] of [
      ['any', 200],
      ['latest', 400],
    ] as const) {
      const harness = new Harness({ knobs: { verifyMatches } });
      const first = await harness.send();
      const second = await harness.send();
      expect((await harness.verify(first.code)).status).toBe(status);
      expect((await harness.verify(second.code)).status).toBe(200);
    }
  });

  it('closes the OTP, or leaves it open with the knob rightCodeConsumes', async () => {
    const harness = new Harness();
    const { code } = await harness.send();
    expect((await harness.verify(code)).status).toBe(200);
    expect((await harness.verify(code)).status).toBe(400);

    harness.sandbox.knobs.patch({ rightCodeConsumes: false });
    const next = await harness.send();
    expect((await harness.verify(next.code)).status).toBe(200);
    expect((await harness.verify(next.code)).status).toBe(200);
  });

  it('lets an OTP die at the second, 600 or as the knob expirySeconds says', async () => {
    const harness = new Harness();
    const first = await harness.send();
    harness.advance(599.999);
    expect((await harness.verify(first.code)).status).toBe(200);
    const second = await harness.send();
    harness.advance(600);
    expect((await harness.verify(second.code)).status).toBe(400);

    harness.sandbox.knobs.patch({ expirySeconds: 30 });
    const third = await harness.send();
    harness.advance(30);
    expect((await harness.verify(third.code)).status).toBe(400);
  });

  it('lets an OTP die of five wrong codes, or as the knob attemptsPerOtp says', async () => {
    for (const attemptsPerOtp of [5, 2]) {
      const harness = new Harness({ knobs: { attemptsPerOtp } });
      const dead = await harness.send();
      for (let i = 0; i < attemptsPerOtp; i++) await harness.verify(wrongFor(dead.code));
      expect((await harness.verify(dead.code)).status).toBe(400);

      const alive = await harness.send();
      for (let i = 1; i < attemptsPerOtp; i++) await harness.verify(wrongFor(alive.code));
      expect((await harness.verify(alive.code)).status).toBe(200);
    }
  });
});

describe('cancel', () => {
  it('ends an OTP, once', async () => {
    const harness = new Harness();
    const { code, requestID } = await harness.send();
    expect(await harness.call('POST', '/2fa/cancel', { requestID })).toMatchObject({
      status: 200,
      json: { code: 200, message: 'OK', requestID },
    });
    expect((await harness.verify(code)).status).toBe(400);
    expect((await harness.call('POST', '/2fa/cancel', { requestID })).status).toBe(404);
  });

  it('wants a requestID', async () => {
    const { status, json } = await new Harness().call('POST', '/2fa/cancel', { number: PHONE });
    expect(status).toBe(400);
    expect(json['message']).toMatch(/^requestID: /);
  });
});
