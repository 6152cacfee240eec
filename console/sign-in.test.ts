/** The token: asked for, held, forgotten. */
import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { button, field, sees, show } from '../test/support/console/page.ts';
import type { OtpConsole } from './otp-console.ts';

const FIGURES = { at: '2026-11-20T10:00:00Z', budgets: [], connectors: [] };
const LIST = { connectors: [], flows: [], messages: [] };

describe('the console', () => {
  const realFetch = window.fetch;
  let token: string;
  beforeEach(() => {
    token = 'the right token';
    history.replaceState(null, '', '#figures');
    window.fetch = async (input, init) => {
      const path = String(input);
      if (!path.startsWith('/v1/admin/')) return realFetch(input, init);
      if (new Headers(init?.headers).get('Authorization') !== `Bearer ${token}`)
        return Response.json({ title: 'No', status: 401, code: 'unauthorized' }, { status: 401 });
      return Response.json(path.endsWith('figures') ? FIGURES : LIST);
    };
  });
  afterEach(() => {
    window.fetch = realFetch;
    history.replaceState(null, '', '#');
  });

  async function signIn(typed: string): Promise<OtpConsole> {
    const page = await show<OtpConsole>(html`<otp-console></otp-console>`);
    field(page, 'Admin token').value = typed;
    button(page, 'Sign in').click();
    return page;
  }

  it('says of a wrong token that it is wrong, and lets it be typed again', async () => {
    const page = await signIn('wrong');
    await sees(page, 'The admin token is wrong.');
    const input = field(page, 'Admin token');
    expect(document.activeElement).to.equal(input);
    expect(input.getAttribute('aria-invalid')).to.equal('true');
  });

  it('keeps the token in no storage, no address and no field', async () => {
    const page = await signIn(token);
    await sees(page, 'Budgets');
    const places = [
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
      location.href,
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input')].map(({ value }) => value),
    ];
    for (const place of places) expect(place).not.to.include(token);
  });

  it('moves the focus to what it opened, past the navigation when asked to', async () => {
    const page = await signIn(token);
    await sees(page, 'Budgets');
    const heading = page.querySelector('h1');
    expect(document.activeElement).to.equal(heading);
    const skip = page.querySelector<HTMLAnchorElement>('a');
    skip?.focus();
    skip?.click();
    await page.updateComplete;
    expect(document.activeElement).to.equal(heading);
    expect(location.hash).to.equal('#figures');
  });

  it('forgets it when told to', async () => {
    const page = await signIn(token);
    await sees(page, 'Budgets');
    button(page, 'Sign out').click();
    await sees(page, 'Admin token');
    expect(field(page, 'Admin token').value).to.equal('');
    expect(page.api).to.equal(undefined);
  });

  it('forgets it when the page is left, though a browser may keep the page', async () => {
    const page = await signIn(token);
    await sees(page, 'Budgets');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(page.api).to.equal(undefined);
  });

  it('asks again when the token does not hold any more', async () => {
    const page = await signIn(token);
    await sees(page, 'Budgets');
    token = 'another one';
    button(page, 'Refresh').click();
    await sees(page, 'The Worker rejected the admin token.');
  });

  it('turns its pages by the address, and moves the focus to their heading', async () => {
    const page = await signIn(token);
    await sees(page, 'Budgets');
    location.hash = '#connectors';
    await sees(page, 'Message previews');
    expect(document.activeElement).to.equal(page.querySelector('h1'));
    expect(document.title).to.equal('Connectors · mitto-otp');
    expect(page.querySelector('[aria-current]')?.textContent).to.equal('Connectors');
  });
});
