import { describe, expect, it } from 'vitest';
import { markOf, readMark } from './marks.ts';
import { isWithin, parseCidr, type Rule, type RuleMatch, ruleFor } from './rules.ts';

const NOW = 1_000_000;
const subject = {
  country: 'DE',
  phone: '+4915123456789',
  phoneHashes: ['now', 'before'],
  asn: 3320,
  address: '203.0.113.7',
  site: 'https://www.example.com',
  flow: 'login',
};
const rule = (match: RuleMatch, action: Rule['action'], rest: Partial<Rule> = {}): Rule => ({
  id: `${action} ${JSON.stringify(match)}`,
  match,
  action,
  note: '',
  madeMs: 0,
  ...rest,
});

describe('a rule', () => {
  it.each<RuleMatch>([
    {},
    { country: 'DE' },
    { prefix: '+4915' },
    { asn: 3320 },
    { ip: '203.0.113.0/24' },
    { phone: 'before' },
    { site: 'https://www.example.com', flow: 'login' },
  ])('matches by %j', (match) => {
    expect(ruleFor([rule(match, 'block')], subject, NOW)?.action).toBe('block');
  });

  it.each<RuleMatch>([
    { country: 'AT' },
    { prefix: '+4916' },
    { asn: 1 },
    { ip: '203.0.114.0/24' },
    { phone: 'other' },
    { country: 'DE', flow: 'other' },
  ])('does not match by %j', (match) => {
    expect(ruleFor([rule(match, 'block')], subject, NOW)).toBeUndefined();
  });

  it('does not match by what is not known', () => {
    const unknown = { ...subject, asn: undefined, address: undefined };
    const rules = [rule({ asn: 3320 }, 'block'), rule({ ip: '0.0.0.0/0' }, 'block')];
    expect(ruleFor(rules, unknown, NOW)).toBeUndefined();
  });

  it('that allows wins over a wider one that blocks, and not over a narrower one', () => {
    const rules = [
      rule({}, 'block'),
      rule({ country: 'DE' }, 'allow'),
      rule({ prefix: '+4915123' }, 'block'),
      rule({ prefix: '+49151234567' }, 'allow'),
      rule({ phone: 'other' }, 'block'),
    ];
    expect(ruleFor(rules, subject, NOW)).toBe(rules[3]);
    expect(ruleFor(rules.slice(0, 3), subject, NOW)).toBe(rules[2]);
    expect(ruleFor(rules.slice(0, 2), subject, NOW)).toBe(rules[1]);
    expect(ruleFor([...rules, rule({ phone: 'now' }, 'block')], subject, NOW)?.action).toBe(
      'block',
    );
  });

  it('that is stricter wins over one as narrow', () => {
    const rules = [rule({ country: 'DE' }, 'allow'), rule({ country: 'DE' }, 'challenge')];
    expect(ruleFor(rules, subject, NOW)?.action).toBe('challenge');
  });

  it('ends', () => {
    expect(ruleFor([rule({}, 'block', { untilMs: NOW })], subject, NOW)).toBeUndefined();
    expect(ruleFor([rule({}, 'block', { untilMs: NOW + 1 })], subject, NOW)).toBeDefined();
  });
});

describe('a network', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.0/31', true],
    ['192.0.2.2', '192.0.2.0/31', false],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['::ffff:192.0.2.1', '192.0.2.0/24', true],
    ['192.0.2.1', '::/0', false],
  ])('%s is in %s: %s', (address, cidr, isIn) => {
    expect(isWithin(address, cidr)).toBe(isIn);
  });

  it.each(['', 'x', '192.0.2.0/33', '192.0.2.256', '192.0.2.0/24/1', '::/129', '192.0.2.0/-1'])(
    'is not "%s"',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );
});

describe('the mark of a send', () => {
  const sent = {
    sentAtMs: Date.parse('2026-11-20T18:00:00Z'),
    weight: 0.2,
    firstMs: 1_763_661_600_000,
    number: 'AbC_-1234',
    keys: { range2: 'aaaaaaaaa', client: 'bbbb', country: 'DE' },
  };

  it('is read as it was written', () => {
    expect(readMark(markOf(sent), 'DE')).toEqual(sent);
    const { firstMs: _none, ...first } = { ...sent, weight: 1 };
    expect(readMark(markOf(first), 'DE')).toEqual({ ...first, firstMs: undefined });
  });

  it.each(['', 'x', 'a.b.c', `${markOf(sent)}.`, markOf(sent).replace('bbbb', 'b b')])(
    'is not "%s"',
    (text) => {
      expect(readMark(text, 'DE')).toBeUndefined();
    },
  );
});
