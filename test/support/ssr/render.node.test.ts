import { describe, expect, it } from 'vitest';
import { enInitial } from '../../../widget/i18n/en-initial.ts';
import { renderPage } from './render.ts';

/** The tag of the element as the server wrote it. */
function tagOf(markup: string): string {
  return /<mitto-otp\s[^>]*>/.exec(markup)?.[0].replaceAll(/\s+/g, ' ') ?? '';
}

describe('what a server renders', () => {
  it('is the first step, as declarative shadow DOM, with the page’s own input in its slot', async () => {
    const markup = await renderPage('plain');
    expect(markup).toContain('<template shadowroot="open" shadowrootmode="open"><style>');
    expect(markup).toContain(enInitial.send);
    expect(markup).toMatch(/<slot name="phone"[^>]*><\/slot>/);
    expect(markup).toMatch(/<\/template>\s*(<!--.*?-->)?\s*<label slot="phone-label"/);
  });

  it('has the attributes as the page wrote them, and none that the element made', async () => {
    expect(tagOf(await renderPage('plain'))).toBe('<mitto-otp name="phone-proof" required>');
    expect(tagOf(await renderPage('all-attributes'))).toBe(
      '<mitto-otp endpoint="https://otp.example.com" name="phone-proof" required disabled country="DE" channel="voice"' +
        ' flow="sign-up" lang="en" nonce-value="a&quot;b" code-length="4" autofocus no-auto-submit>',
    );
  });

  it('has a button that is as disabled as the element', async () => {
    const button = (markup: string) => /<button[^>]*>/.exec(markup)?.[0];
    expect(button(await renderPage('plain'))).not.toContain('disabled');
    expect(button(await renderPage('all-attributes'))).toContain(' disabled');
  });

  it('is English, with every language: words are loaded by the browser alone', async () => {
    expect(await renderPage('german')).toMatch(/part="base"\s+lang="en"/);
  });

  it('is the same for every visitor', async () => {
    expect(await renderPage('plain')).toBe(await renderPage('plain'));
  });
});
