import { expect } from '@open-wc/testing';
import { answers, type FakeWorker, type Reply } from '../../test/support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../test/support/widget/harness.ts';
import type { MittoErrorEvent } from '../events.ts';
import { words as de } from '../i18n/locales/de.ts';
import { en } from '../i18n/locales/en.ts';

const NOT_SET_UP = en.errors.misconfigured;

describe('a page that is not set up', () => {
  let worker: FakeWorker;
  let errors: string[];
  let warnings: string[];
  const { error, warn } = console;
  beforeEach(() => {
    worker = startWorker();
    errors = [];
    warnings = [];
    console.error = (...parts) => errors.push(parts.join(' '));
    console.warn = (...parts) => warnings.push(parts.join(' '));
  });
  afterEach(() => {
    console.error = error;
    console.warn = warn;
    expect(worker.faults).to.deep.equal([]);
  });

  /** Each sentence is said once a page, so each test has a Worker of its own. */
  let hosts = 0;
  const endpoint = () => `https://otp-${++hosts}.example.com`;
  const openAt = (url: string, more = '') =>
    open(`<mitto-otp endpoint="${url}" ${more}></mitto-otp>`);
  const logs = (page: Harness, list: string[], text: string) =>
    page.until(() => list.some((each) => each.includes(text)), `"${text}" is not logged: ${list}`);
  const codes = (page: Harness) => (page.events as MittoErrorEvent[]).map(({ code }) => code);

  describe('is told to the visitor before they type, and to the developer in the console', () => {
    const html = (status: number) => () =>
      new Response('<!doctype html><h1>Shop</h1>', {
        status,
        headers: { 'Content-Type': 'text/html' },
      });
    const CASES: [
      what: string,
      reply: Reply,
      code: string,
      log: (url: string) => string[],
      more?: string,
    ][] = [
      [
        'an origin that is not listed',
        answers.problem('origin_not_allowed'),
        'origin_not_allowed',
        (url) => [location.origin, 'ALLOWED_ORIGINS', url, 'wrangler.toml'],
      ],
      [
        'a Worker with a wrong setting',
        answers.problem('misconfigured'),
        'misconfigured',
        (url) => [`${url}/healthz`],
      ],
      [
        'a misspelt flow',
        answers.problem('malformed_request'),
        'malformed_request',
        (url) => ['flow="newsleter"', 'FLOWS', url],
        'flow="newsleter"',
      ],
      [
        'an endpoint that answers every path with its page',
        html(200),
        'unexpected_answer',
        (url) => [`${url}/v1/config`, '200', 'endpoint'],
      ],
      [
        'an endpoint that has no such page',
        html(404),
        'unexpected_answer',
        (url) => [`${url}/v1/config`, '404'],
      ],
      [
        'an endpoint with JSON of its own',
        () => Response.json({ hello: 1 }),
        'unexpected_answer',
        (url) => [`${url}/v1/config`],
      ],
      [
        'an endpoint of another API',
        answers.problem('not_found'),
        'not_found',
        (url) => [`${url}/v1/config`, '404'],
      ],
    ];
    for (const [what, reply, code, log, more] of CASES)
      it(what, async () => {
        worker.always('config', reply);
        const url = endpoint();
        const page = await openAt(url, more);
        await page.until(() => page.error !== '', 'nothing is said');
        expect(page.error).to.equal(NOT_SET_UP);
        expect(page.error).not.to.equal(en.errors.network_error);
        expect(codes(page)).to.deep.equal([code]);
        await logs(page, errors, url);
        for (const part of log(url)) expect(errors.join()).to.contain(part);
        // Each further try says it to the visitor again, and to the developer once.
        await page.sendsCode();
        await page.until(() => page.error === NOT_SET_UP && !page.isBusy, 'it is not said again');
        expect(errors).to.have.length(1);
        expect(warnings).to.deep.equal([]);
      });
  });

  describe('by an endpoint that no Worker can be at', () => {
    const CASES: [what: string, endpoint: string, log: string][] = [
      ['plain http', 'http://otp.example.net', 'endpoint="https://otp.example.net"'],
      ['no scheme', 'otp.example.net', 'endpoint="https://otp.example.net"'],
      ['two slashes', '//otp.example.org', 'endpoint="https://otp.example.org"'],
      ['a path', '/otp', 'is not a URL'],
      ['another scheme', 'ftp://otp.example.net', 'must be https'],
    ];
    for (const [what, url, log] of CASES)
      it(`(${what}) says what to write`, async () => {
        const page = await openAt(url);
        await page.until(() => page.error !== '', 'nothing is said');
        expect(page.error).to.equal(NOT_SET_UP);
        expect(codes(page)).to.deep.equal(['misconfigured']);
        await logs(page, errors, log);
        expect(errors.join()).to.contain(`endpoint="${url}"`);
        expect(worker.calls).to.deep.equal([]);
      });
  });

  it('says that the attribute is missing where the script of a bundle asks its own origin', async () => {
    worker.always('config', () => new Response('<h1>Shop</h1>'));
    const page = await open();
    await logs(page, errors, 'has no endpoint attribute');
    expect(errors.join()).to.contain(`${location.origin}/v1/config`);
    expect(page.error).to.equal(NOT_SET_UP);
  });

  it('says it in the language of the page', async () => {
    worker.always('config', answers.problem('origin_not_allowed'));
    const page = await openAt(endpoint(), 'lang="de"');
    await page.until(() => page.error === de.errors.origin_not_allowed, 'not in German');
  });

  it('works once the developer has listed it, without another page', async () => {
    worker.next('config', answers.problem('origin_not_allowed'));
    const page = await openAt(endpoint());
    await page.until(() => page.error === NOT_SET_UP, 'nothing is said');
    await page.sendsCode();
    expect(page.step).to.equal('code');
    expect(page.error).to.equal('');
  });

  it('is told from an endpoint that answers what the page may not read', async () => {
    const real = globalThis.fetch;
    const stand = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (init?.mode === 'no-cors') return new Response(null);
      return stand(input, init);
    };
    worker.always('config', answers.noConnection);
    const url = endpoint();
    const page = await openAt(url);
    await page.until(() => page.error !== '', 'nothing is said');
    globalThis.fetch = real;
    expect(page.error).to.equal(NOT_SET_UP);
    expect(codes(page)).to.deep.equal(['network_error']);
    await logs(page, errors, url);
  });

  it('is told from a lost connection, which is nobody’s fault, and of a gateway’s own error', async () => {
    worker.always('config', answers.noConnection);
    const url = endpoint();
    const page = await openAt(url);
    await page.sendsCode();
    await page.until(() => page.error !== '' && !page.isBusy, 'nothing is said');
    expect(page.error).to.equal(en.errors.network_error);
    await logs(page, warnings, url);
    worker.always('config', () => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await page.element.send();
    expect(page.error).to.equal(en.errors.unexpected_answer);
    expect(errors).to.deep.equal([]);
    expect(warnings).to.have.length(1);
  });

  it('whose policy blocks the Worker says so', async () => {
    worker.always('config', answers.noConnection);
    const url = endpoint();
    document.dispatchEvent(
      new SecurityPolicyViolationEvent('securitypolicyviolation', {
        effectiveDirective: 'connect-src',
        violatedDirective: 'connect-src',
        blockedURI: `${url}/v1/config`,
        documentURI: location.href,
        disposition: 'enforce',
        originalPolicy: "connect-src 'self'",
        statusCode: 200,
      }),
    );
    const page = await openAt(url);
    await page.until(() => page.error !== '', 'nothing is said');
    expect(page.error).to.equal(NOT_SET_UP);
    await logs(page, errors, 'connect-src');
    expect(errors.join()).to.contain(url);
  });

  it('that asks for a channel which the Worker does not offer reads the Worker’s own words', async () => {
    worker.always('send', () =>
      Response.json(
        {
          type: 'x',
          title: 'x',
          status: 400,
          code: 'malformed_request',
          detail: 'channel: not offered here',
        },
        { status: 400 },
      ),
    );
    const page = await openAt(endpoint());
    await page.sendsCode();
    expect(page.error).to.equal(NOT_SET_UP);
    await logs(page, errors, 'channel: not offered here');
  });

  describe('by an attribute', () => {
    const CASES: [attribute: string, log: string[]][] = [
      ['country="Germany"', ['country="Germany"', 'country="DE"']],
      ['country="Österreich"', ['country="Österreich"', 'ISO 3166-1']],
      ['country="DEU"', ['country="DEU"', 'ISO 3166-1']],
      ['country="UK"', ['country="UK"', 'country="GB"']],
      ['country="ES"', ['country="ES"', 'ALLOWED_COUNTRIES']],
      ['channel="SMS"', ['channel="SMS"', '"sms" or "voice"']],
      ['channel="whatsapp"', ['channel="whatsapp"', '"sms" or "voice"']],
      ['code-length="abc"', ['code-length="abc"', 'from 4 to 10']],
      ['code-length="3"', ['code-length="3"']],
      ['code-length="6.5"', ['code-length="6.5"']],
      ['code-length="11"', ['code-length="11"']],
      ['nonce-value=""', ['nonce-value is empty']],
      ['no-autosubmit', ['"no-autosubmit"', '"no-auto-submit"']],
      ['noautosubmit', ['"noautosubmit"', '"no-auto-submit"']],
      ['autosubmit', ['"autosubmit"', '"no-auto-submit"']],
      ['auto-submit="false"', ['"auto-submit"', '"no-auto-submit"']],
      ['nonce="abc"', ['"nonce"', '"nonce-value"']],
      ['nonce_value="abc"', ['"nonce_value"', '"nonce-value"']],
      ['noncevalue="abc"', ['"noncevalue"', '"nonce-value"']],
      ['codelength="6"', ['"codelength"', '"code-length"']],
      ['endpont="https://otp.example.com"', ['"endpont"', '"endpoint"']],
      ['end-point="https://otp.example.com"', ['"end-point"', '"endpoint"']],
      ['default-country="DE"', ['"default-country"', '"country"']],
      ['coutnry="DE"', ['"coutnry"', '"country"']],
      ['chanel="sms"', ['"chanel"', '"channel"']],
      ['flwo="x"', ['"flwo"', '"flow"']],
      ['locale="de"', ['"locale"', '"lang"']],
      ['requird', ['"requird"', '"required"']],
    ];
    for (const [attribute, log] of CASES)
      it(`(${attribute}) says so once, and works`, async () => {
        const page = await open(
          `<div><mitto-otp ${attribute}></mitto-otp><mitto-otp ${attribute}></mitto-otp></div>`,
        );
        await logs(page, warnings, log[0] ?? '');
        for (const part of log) expect(warnings.join()).to.contain(part);
        expect(warnings).to.have.length(1);
        expect(errors).to.deep.equal([]);
        await page.verifies();
        expect(page.step).to.equal('verified');
        expect(warnings).to.have.length(1);
      });

    // Once a page: by the form that it belongs to, which is seldom another than the one that it stands in.
    it('says that a form without a name for the proof will not submit it', async () => {
      const page = await open(
        '<div><form id="away"></form><mitto-otp form="away"></mitto-otp></div>',
      );
      await logs(page, warnings, 'has no name');
    });

    it('does not say it of a form that the element stands in and does not belong to', async () => {
      const page = await open('<form><mitto-otp form="nowhere"></mitto-otp></form>');
      await page.verifies();
      expect(warnings).to.deep.equal([]);
    });

    it('says nothing of what every element may have, nor of what frameworks write', async () => {
      const page = await open(
        `<form><mitto-otp name="proof" required class="a" id="b" style="" title="x" dir="ltr" lang="en" role="group"
          aria-label="x" data-x="y" tabindex="0" part="p" slot="s" hidden onclick="" v-cloak data-v-1a2b3c
          _ngcontent-ng-c1 b-1abc ng-version="1" x-data="{}" :class="a" @click="b" hx-get="/x" inert translate="no"
          country="de" channel="voice" code-length="8" nonce-value="n" flow="f" no-auto-submit autofocus proof-input
          ></mitto-otp></form>`,
      );
      await page
        .until(() => worker.callsTo('config').length > 0, 'not configured')
        .catch(() => page.element.focus());
      await page.element.send();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect([...errors, ...warnings]).to.deep.equal([]);
    });
  });
});
