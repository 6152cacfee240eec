import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { problem, standIn } from '../testing/admin-stand-in.ts';
import { button, field, sees, show, type } from '../testing/page.ts';
import type { SessionsView } from './sessions-view.ts';

const SESSIONS = [
  { sid: 'OTP1', to: '+4915123456789', status: 'verified', mood: { is: 'fine' } },
  { sid: 'OTP2', to: '+4915123456780', status: 'expired' },
];

async function open(answers: Record<string, unknown> = {}) {
  const worker = standIn({ 'GET mitto/search': SESSIONS, ...answers });
  const view = await show<SessionsView>(html`<sessions-view .api=${worker.api}></sessions-view>`);
  await sees(view, 'Filter these rows');
  return { view, worker };
}

const columns = (view: Element) =>
  [...view.querySelectorAll('thead th')].map(({ textContent }) => textContent?.trim());

describe('the sessions', () => {
  it('show members that nobody knows as they came, after those that are known', async () => {
    const { view } = await open();
    expect(columns(view)).to.deep.equal(['to', 'status', 'mood', 'Closer look']);
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
    await sees(view, 'No row has these words');
  });

  it('are looked at one by one, with all that Mitto has of it', async () => {
    const { view } = await open({ 'GET mitto/search/OTP2': { ...SESSIONS[1], tries: 3 } });
    button(view, 'Open the session OTP2').click();
    await sees(view, 'tries');
    button(view, 'Close').click();
    await waitUntil(() => view.querySelector('dialog') === null);
  });

  it('that cannot be asked for show what the list had of them, and why', async () => {
    const { view } = await open({
      'GET mitto/search/OTP1': problem(502, { title: 'Mitto could not do it' }),
    });
    button(view, 'Open the session OTP1').click();
    await sees(view, 'Mitto could not do it');
    expect(view.querySelector('dialog')?.textContent).to.include('+4915123456789');
  });
});
