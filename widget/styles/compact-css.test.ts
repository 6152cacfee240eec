import { expect } from '@open-wc/testing';
import type { CSSResult } from 'lit';
import { compactCss } from '../../build/minify-css-templates.ts';
import * as answering from './answering.ts';
import * as base from './base.ts';
import * as buttons from './buttons.ts';
import * as challenge from './challenge.ts';
import * as code from './code.ts';
import * as colours from './colours.ts';
import * as countryFace from './country-face.ts';
import * as countryList from './country-list.ts';
import * as inputs from './inputs.ts';
import * as motion from './motion.ts';
import * as pageRules from './page-rules.ts';
import * as phone from './phone.ts';
import * as sideButtons from './side-buttons.ts';
import * as verified from './verified.ts';

const SHEETS: Record<string, CSSResult> = {
  ...answering,
  ...base,
  ...buttons,
  ...challenge,
  ...code,
  ...colours,
  ...countryFace,
  ...countryList,
  ...inputs,
  ...motion,
  ...pageRules,
  ...phone,
  ...sideButtons,
  ...verified,
};

/** As the browser has understood it. */
function rules(text: string): string[] {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  // What a custom property says is kept letter by letter, spaces and all.
  return [...sheet.cssRules].map(({ cssText }) => cssText.replace(/\s+/g, ''));
}

describe('a style sheet made compact', () => {
  for (const [name, { cssText }] of Object.entries(SHEETS))
    it(`says the same to the browser: ${name}`, () => {
      expect(rules(compactCss(cssText))).to.deep.equal(rules(cssText));
      expect(compactCss(cssText).length).to.be.lessThan(cssText.length);
    });

  it('keeps the spaces that separate something', () => {
    expect(compactCss('a b, c  :hover { width: calc(1px + 2px); }\n/* x */')).to.equal(
      'a b,c :hover{width:calc(1px + 2px)}',
    );
  });
});
