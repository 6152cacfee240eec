import { Idiomorph } from 'idiomorph';
import { describeMorph } from '../../support/widget/morph-tests.ts';

describeMorph('a morph of the element alone, by idiomorph,', (box, html) =>
  Idiomorph.morph(box.querySelector('mitto-otp') as Element, html),
);
