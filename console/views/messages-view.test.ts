import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { standIn } from '../testing/admin-stand-in.ts';
import { button, field, sees, show, type } from '../testing/page.ts';
import type { MessagesView } from './messages-view.ts';

describe('the messages to a number', () => {
  it('are taken away where the next number is refused', async () => {
    const { api } = standIn({ 'POST messages/search': { messages: [] } });
    const view = await show<MessagesView>(html`<messages-view .api=${api}></messages-view>`);
    await type(view, field(view, 'Phone number'), '+49 151 12345678');
    button(view, 'Search').click();
    await sees(view, 'No messages to this number');
    await type(view, field(view, 'Phone number'), '12');
    button(view, 'Search').click();
    await sees(view, 'begin with + and the code of the country');
    expect(view.textContent).not.to.contain('No messages');
  });
});
