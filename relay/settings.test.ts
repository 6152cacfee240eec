import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Environment, readSettings } from './settings.ts';

const RELAY_SECRET = 'a secret of the relay, thirty-two bytes and more';

let folders: string[] = [];
afterEach(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  folders = [];
});

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-relay-'));
  folders.push(folder);
  const file = join(folder, 'secret');
  writeFileSync(file, text);
  return file;
}

function settingsOf(env: Environment) {
  const read = readSettings(env);
  if (!read.ok) throw new Error(read.problems.join('; '));
  return read.settings;
}

function problemsOf(env: Environment) {
  const read = readSettings({ RELAY_SECRET, ...env });
  return read.ok ? [] : read.problems;
}

describe('the settings of the relay', () => {
  it('need a secret and nothing else', () => {
    const settings = settingsOf({ RELAY_SECRET });
    expect(settings).toMatchObject({
      secrets: [RELAY_SECRET],
      host: '127.0.0.1',
      port: 8788,
      tls: undefined,
    });
    expect([...settings.targets.hosts]).toEqual([
      'cpaas.mittoapi.com',
      'rest.mittoapi.com',
      'rest.mittoapi.net',
      'api.twilio.com',
    ]);
    expect(settings.targets.isLoopbackAllowed).toBe(false);
  });

  it('take the addresses that the outside sees, one of a family', () => {
    const outsideAddresses = (RELAY_OUTSIDE_ADDRESS: string) =>
      settingsOf({ RELAY_SECRET, RELAY_OUTSIDE_ADDRESS }).outsideAddresses;
    expect(outsideAddresses('203.0.113.7')).toEqual(['203.0.113.7']);
    expect(outsideAddresses('2001:db8::7, 203.0.113.7')).toEqual(['2001:db8::7', '203.0.113.7']);
    for (const wrong of ['relay.example.com', '203.0.113.7/32', '203.0.113.7,203.0.113.8'])
      expect(problemsOf({ RELAY_OUTSIDE_ADDRESS: wrong })).toEqual([
        expect.stringContaining('RELAY_OUTSIDE_ADDRESS must be'),
      ]);
  });

  it('take secrets from files, and two of them during a rotation', () => {
    const previous = 'another secret of thirty-two bytes and more';
    const { secrets } = settingsOf({
      RELAY_SECRET_FILE: fileWith(`${RELAY_SECRET}\n`),
      RELAY_SECRET_PREVIOUS: previous,
    });
    expect(secrets).toEqual([RELAY_SECRET, previous]);
  });

  it('take more hosts, an address, a port, a deadline and a certificate', () => {
    const settings = settingsOf({
      RELAY_SECRET,
      RELAY_TARGETS: 'rest-eu.mittoapi.com, REST2.mittoapi.net',
      RELAY_LISTEN: '[::]:443',
      RELAY_DEADLINE_MS: '5000',
      RELAY_TLS_CERT_FILE: '/etc/cert.pem',
      RELAY_TLS_KEY_FILE: '/etc/key.pem',
      RELAY_TEST_LOOPBACK: 'allow',
    });
    expect(settings).toMatchObject({
      host: '::',
      port: 443,
      deadlineMs: 5_000,
      tls: { certFile: '/etc/cert.pem', keyFile: '/etc/key.pem' },
    });
    expect(settings.targets.hosts).toContain('rest2.mittoapi.net');
    expect(settings.targets.isLoopbackAllowed).toBe(true);
  });

  it.each<[string, Environment]>([
    ['RELAY_SECRET is missing', { RELAY_SECRET: undefined }],
    ['RELAY_SECRET is missing', { RELAY_SECRET: '' }],
    ['RELAY_SECRET must be at least 32 bytes', { RELAY_SECRET: 'short' }],
    ['RELAY_SECRET_PREVIOUS must be at least', { RELAY_SECRET_PREVIOUS: 'short' }],
    ['RELAY_SECRET and RELAY_SECRET_FILE', { RELAY_SECRET_FILE: '/nowhere' }],
    ['RELAY_SECRET_FILE cannot be read', { RELAY_SECRET: '', RELAY_SECRET_FILE: '/nowhere' }],
    ['RELAY_LISTEN', { RELAY_LISTEN: '8788' }],
    ['RELAY_LISTEN', { RELAY_LISTEN: '127.0.0.1:70000' }],
    ['RELAY_TARGETS', { RELAY_TARGETS: 'https://rest.example.com' }],
    ['RELAY_TARGETS', { RELAY_TARGETS: '*.example.com' }],
    ['RELAY_TARGETS', { RELAY_TARGETS: '10.0.0.1' }],
    ['RELAY_TARGETS', { RELAY_TARGETS: 'localhost' }],
    ['RELAY_TARGETS', { RELAY_TARGETS: 'rest.example.com,' }],
    ['RELAY_DEADLINE_MS', { RELAY_DEADLINE_MS: 'soon' }],
    ['RELAY_TLS_CERT_FILE', { RELAY_TLS_CERT_FILE: '/etc/cert.pem' }],
    ['RELAY_TLS_CERT_FILE', { RELAY_TLS_KEY_FILE: '/etc/key.pem' }],
    ['RELAY_TEST_LOOPBACK', { RELAY_TEST_LOOPBACK: '1' }],
  ])('say %s', (problem, env) => {
    const problems = problemsOf(env);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
    expect(problems.join()).not.toContain('short');
  });

  it('are reported all at once', () => {
    expect(problemsOf({ RELAY_SECRET: '', RELAY_LISTEN: 'x', RELAY_TARGETS: 'x' })).toHaveLength(3);
  });
});
