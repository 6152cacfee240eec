import { expect } from '@open-wc/testing';
import { html } from 'lit';
import type { Connector } from '../../shared/api/admin-responses.ts';
import { fakeAdminApi, problem } from '../../test/support/console/fake-admin-api.ts';
import { button, field, sees, show, type } from '../../test/support/console/page.ts';
import type { ConnectorCard } from './connector-card.ts';

const CONNECTOR: Connector = {
  name: 'mitto-sms',
  channels: ['sms'],
  codes: 'ours',
  isSetUp: true,
  pausedFor: 0,
  reports: true,
  callbackUrl: 'https://otp.example.com/v1/callbacks/mitto-sms/abc',
};
const CALL = 'POST connectors/mitto-sms/test';
const PASSED = {
  connector: 'mitto-sms',
  tried: 'credentials',
  outcome: 'passed',
  detail: 'the key is known',
  took: 12,
};

async function card(answer: unknown, connector: Partial<Connector> = {}) {
  const worker = fakeAdminApi({ [CALL]: answer });
  const page = await show<ConnectorCard>(
    html`<connector-card
      .api=${worker.api}
      .connector=${{ ...CONNECTOR, ...connector }}
    ></connector-card>`,
  );
  return { page, worker };
}

describe('the test of a connector', () => {
  it('looks at the credentials and sends nothing', async () => {
    const { page, worker } = await card(PASSED);
    button(page, 'Check credentials').click();
    await sees(page, 'Passed');
    await sees(page, 'Credentials (nothing sent)');
    await sees(page, 'the key is known');
    expect(worker.asked.map(({ body }) => body)).to.deep.equal([{}]);
  });

  it('sends to a number, and delivers it only when asked to', async () => {
    const { page, worker } = await card({ ...PASSED, tried: 'message', channel: 'sms' });
    await type(page, field(page, 'Send a test message to'), '+49 151 23456789');
    button(page, 'Send test message').click();
    await sees(page, 'Message by SMS');
    const box = page.querySelector<HTMLInputElement>('[name=dryRun]');
    box?.click();
    button(page, 'Send test message').click();
    await sees(page, 'Passed');
    const to = '+4915123456789';
    expect(worker.asked.map(({ body }) => body)).to.deep.equal([
      { to, channel: 'sms', dryRun: true },
      { to, channel: 'sms' },
    ]);
  });

  it('wants a whole number', async () => {
    const { page, worker } = await card(PASSED);
    await type(page, field(page, 'Send a test message to'), '0151 23456789');
    button(page, 'Send test message').click();
    await sees(page, 'with + and the country code');
    expect(document.activeElement).to.equal(field(page, 'Send a test message to'));
    expect(worker.asked).to.deep.equal([]);
  });

  it('takes its last result away where the number of the next is refused', async () => {
    const { page } = await card(PASSED);
    button(page, 'Check credentials').click();
    await sees(page, 'Passed');
    await type(page, field(page, 'Send a test message to'), 'abc');
    button(page, 'Send test message').click();
    await sees(page, 'with + and the country code');
    expect(page.textContent).not.to.contain('Passed');
  });

  it('says what to mend', async () => {
    const { page } = await card({
      ...PASSED,
      outcome: 'failed',
      detail: 'provider_unauthorized: HTTP 401',
      code: 'misconfigured',
      mend: 'Check MITTO_SMS_API_KEY.',
    });
    button(page, 'Check credentials').click();
    await sees(page, 'Failed');
    await sees(page, 'Check MITTO_SMS_API_KEY.');
    await sees(page, 'misconfigured');
  });

  it('shows a refusal as it came', async () => {
    const { page } = await card(
      problem(422, { title: 'Not served', code: 'destination_not_allowed' }),
    );
    await type(page, field(page, 'Send a test message to'), '+99912345678');
    button(page, 'Send test message').click();
    await sees(page, 'Not served');
    await sees(page, 'destination_not_allowed · HTTP 422');
  });
});

describe('a connector', () => {
  it('that is not set up has no test, and one that is paused says so', async () => {
    const { page } = await card(PASSED, { isSetUp: false, pausedFor: 30 });
    await sees(page, 'Not configured');
    await sees(page, 'Paused for 30 seconds');
    expect(page.querySelector('form')).to.equal(null);
  });

  it('shows the URL to give to Mitto as text', async () => {
    const { page } = await card(PASSED, { callbackUrl: 'https://otp.example.com/<img src=x>' });
    await sees(page, 'https://otp.example.com/<img src=x>');
    expect(page.querySelector('img')).to.equal(null);
  });
});
