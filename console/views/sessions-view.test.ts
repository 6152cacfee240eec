import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeAdminApi, problem } from '../../test/support/console/fake-admin-api.ts';
import { button, field, sees, show, type } from '../../test/support/console/page.ts';
import type { SessionsView } from './sessions-view.ts';

const SESSIONS = [
  { sid: 'OTP1', to: '+4915123456789', status: 'verified', mood: { is: 'fine' } },
  { sid: 'OTP2', to: '+4915123456780', status: 'expired' },
];

async function open(answers: Record<string, unknown> = {}) {
  const worker = fakeAdminApi({ 'GET mitto/search': SESSIONS, ...answers });
  const view = await show<SessionsView>(html`<sessions-view .api=${worker.api}></sessions-view>`);
  await sees(view, 'Filter these rows');
  return { view, worker };
}

const columns = (view: Element) =>
  [...view.querySelectorAll('thead th')].map(({ textContent }) => textContent?.trim());

const cells = (view: Element, column: number) =>
  [...view.querySelectorAll('tbody tr')].map(
    ({ children }) => children[column]?.textContent?.trim() ?? '',
  );

describe('the sessions', () => {
  it('stand newest first, with times of the reader and without milliseconds', async () => {
    const at = (dateCreated: string) => ({ to: '+49', dateCreated, dateExpires: dateCreated });
    const exact = '2026-11-20T10:00:01.234Z';
    const { view } = await open({
      'GET mitto/search': [
        at('2026-11-19T10:00:00.000Z'),
        { to: 'without a time' },
        at(exact),
        at('2026-11-20T10:00:00.999Z'),
        at('not a time'),
      ],
    });
    expect(columns(view)).to.deep.equal(['Created', 'To', 'Expires', 'Details']);
    const local = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
    expect(cells(view, 0)).to.deep.equal([
      local.format(new Date(exact)),
      local.format(new Date('2026-11-20T10:00:00Z')),
      local.format(new Date('2026-11-19T10:00:00Z')),
      '',
      'not a time',
    ]);
    expect(view.querySelector('tbody time')?.getAttribute('title')).to.equal(exact);
    expect(view.querySelector('tbody')?.textContent).not.to.match(/\.\d{3}|T\d\d:/);
  });

  it('say each status in the words of the other pages, and one that is not known as it came', async () => {
    const statuses = ['verified', 'pending', 'open', 'CANCELED', 'odd-one', 'constructor'];
    const { view } = await open({
      'GET mitto/search': statuses.map((status) => ({ status, channel: 'sms' })),
    });
    expect(cells(view, 0)).to.deep.equal([
      'Verified',
      'Waiting for the code',
      'Waiting for the code',
      'Cancelled',
      'odd-one',
      'constructor',
    ]);
    expect(cells(view, 1)[0]).to.equal('SMS');
  });

  it('show members that nobody knows as they came, after those that are known', async () => {
    const { view } = await open();
    expect(columns(view)).to.deep.equal(['Status', 'To', 'Mood', 'Details']);
    await sees(view, '{"is":"fine"}');
  });

  it('are searched at Mitto by what is filled in, and by nothing else', async () => {
    const { view, worker } = await open({ 'POST mitto/search': [] });
    field(view, 'Status').value = 'expired';
    button(view, 'Search').click();
    await sees(view, 'No sessions');
    expect(worker.asked.at(-1)?.body).to.deep.equal({ status: 'expired' });
  });

  it('are filtered on the page, and it says how many are left', async () => {
    const { view } = await open();
    await type(view, field(view, 'Filter these rows'), 'FINE');
    await sees(view, '1 of 2 sessions');
    await type(view, field(view, 'Filter these rows'), 'nothing like it');
    await sees(view, 'No matching rows');
  });

  it('are looked at one by one, with all that Mitto has of it', async () => {
    const { view } = await open({ 'GET mitto/search/OTP2': { ...SESSIONS[1], tries: 3 } });
    button(view, 'Details of session OTP2').click();
    await sees(view, 'Tries');
    button(view, 'Close').click();
    await waitUntil(() => view.querySelector('dialog') === null);
  });

  it('that cannot be asked for show what the list had of them, and why', async () => {
    const { view } = await open({
      'GET mitto/search/OTP1': problem(502, { title: 'Mitto could not do it' }),
    });
    button(view, 'Details of session OTP1').click();
    await sees(view, 'Mitto could not do it');
    expect(view.querySelector('dialog')?.textContent).to.include('+4915123456789');
  });
});
