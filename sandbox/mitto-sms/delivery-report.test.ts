import { describe, expect, it } from 'vitest';
import { Harness, SMS } from '../testing.ts';

const CALLBACK = 'https://otp.example.com/v1/callbacks/mitto-sms/token?a=b';

async function withMessage(knobs = {}) {
  const harness = new Harness({ knobs });
  const { json } = await harness.sms({ callback: CALLBACK, reference: 'ref-1' });
  return { harness, id: String(json['id']) };
}

describe('a delivery report', () => {
  it('fills the template with text alone', async () => {
    const { harness, id } = await withMessage();
    harness.advance(5);
    await harness.sandbox.reports.send({ status: 'failed', errorCode: '28' });
    const [report] = harness.received;
    expect(report).toMatchObject({ method: 'POST', url: CALLBACK });
    expect(report?.headers.get('Content-Type')).toBe('application/json');
    expect(JSON.parse(report?.body ?? '')).toEqual({
      Id: id,
      MccMnc: '26201',
      status: 'failed',
      receiver: SMS.to,
      errorcode: '28',
      reference: 'ref-1',
      sendtime: '2026-01-15 12:00:00',
      sendtimestamp: '2026-01-15 12:00:05',
    });
  });

  it('is one of a list with the format json_array', async () => {
    const { harness, id } = await withMessage({ smsReportFormat: 'json_array' });
    await harness.sandbox.reports.send({ status: 'delivered' });
    expect(JSON.parse(harness.received[0]?.body ?? '')).toMatchObject([
      { Id: id, status: 'delivered', errorcode: '0' },
    ]);
  });

  it('is a form with the format form', async () => {
    const { harness, id } = await withMessage({ smsReportFormat: 'form' });
    await harness.sandbox.reports.send({ status: 'delivered' });
    const form = new URLSearchParams(harness.received[0]?.body);
    expect(form.get('Id')).toBe(id);
    expect(form.get('status')).toBe('delivered');
  });

  it('is a query, beside the one that is there, with the format query', async () => {
    const { harness, id } = await withMessage({ smsReportFormat: 'query' });
    await harness.sandbox.reports.send({ status: 'delivered' });
    const [report] = harness.received;
    const { pathname, searchParams } = new URL(report?.url ?? '');
    expect(report?.method).toBe('GET');
    expect(pathname).toBe('/v1/callbacks/mitto-sms/token');
    expect(Object.fromEntries(searchParams)).toMatchObject({ a: 'b', Id: id, status: 'delivered' });
  });

  it.each([
    ['lower_case', ['id', 'mccmnc', 'status']],
    ['upper_case', ['ID', 'MCCMNC', 'STATUS']],
  ] as const)('has its names in one case: %s', async (smsReportNames, names) => {
    const { harness } = await withMessage({ smsReportNames });
    await harness.sandbox.reports.send({ status: 'delivered' });
    const members = Object.keys(JSON.parse(harness.received[0]?.body ?? ''));
    expect(members.slice(0, 3)).toEqual(names);
  });

  it('goes to the URL of the account where the message has none', async () => {
    const smsCallbackUrl = 'https://example.com/account';
    const harness = new Harness({ knobs: { smsCallbackUrl } });
    await harness.sms();
    await harness.sms({ callback: CALLBACK });
    const reports = harness.sandbox.reports;
    const [first, second] = harness.sandbox.inbox.list();
    await reports.send({ message: first?.requestID ?? '', status: 'delivered' });
    await reports.send({ message: second?.requestID ?? '', status: 'delivered' });
    expect(harness.received.map(({ url }) => url)).toEqual([smsCallbackUrl, CALLBACK]);
  });

  it('goes nowhere where neither has one', async () => {
    const harness = new Harness();
    await harness.sms();
    await expect(harness.sandbox.reports.send({ status: 'delivered' })).rejects.toThrow(
      'Nobody asked',
    );
  });
});
