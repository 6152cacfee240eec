import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { fakeAdminApi } from '../../test/support/console/fake-admin-api.ts';
import { button, field, sees, show, type } from '../../test/support/console/page.ts';
import type { MessagesView } from './messages-view.ts';

describe('the messages to a number', () => {
  it('say of a code that was verified what the sessions say, and of no report that there is none', async () => {
    const message = { kind: 'code', channel: 'sms', sentAt: '2026-11-20T10:00:01.234Z' };
    const { api } = fakeAdminApi({
      'POST messages/search': {
        messages: [
          { ...message, state: 'pending', verified: true },
          { ...message, state: 'not_delivered', verified: true },
          { ...message, state: 'pending' },
          { ...message, state: 'delivered' },
          { ...message, state: 'not_delivered', code: 'blocked_by_provider' },
        ],
      },
    });
    const view = await show<MessagesView>(html`<messages-view .api=${api}></messages-view>`);
    await type(view, field(view, 'Phone number'), '+49 151 12345678');
    button(view, 'Search').click();
    await sees(view, '5 messages');
    const states = [...view.querySelectorAll('.tag')].map(({ textContent }) => textContent);
    expect(states).to.deep.equal(['Verified', 'Verified', 'No report', 'Delivered', 'Blocked']);
    expect(view.querySelector('tbody')?.textContent).not.to.match(/\.\d{3}/);
  });

  it('are taken away where the next number is refused', async () => {
    const { api } = fakeAdminApi({ 'POST messages/search': { messages: [] } });
    const view = await show<MessagesView>(html`<messages-view .api=${api}></messages-view>`);
    await type(view, field(view, 'Phone number'), '+49 151 12345678');
    button(view, 'Search').click();
    await sees(view, 'No messages to this number');
    await type(view, field(view, 'Phone number'), '12');
    button(view, 'Search').click();
    await sees(view, 'with + and the country code');
    expect(view.textContent).not.to.contain('No messages');
  });
});
