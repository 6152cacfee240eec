import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import '../../test/support/fixed-seed.ts';
import { type Box, positionPopup } from './popup-position.ts';

const WINDOW: Box = { left: 0, top: 0, width: 1280, height: 800 };
const field = (top: number, left = 100, width = 400): Box => ({ left, top, width, height: 44 });

describe('a popup', () => {
  it('lies below its anchor, and is as wide', () => {
    expect(positionPopup(field(100), WINDOW, 800, 'ltr')).to.deep.equal({
      left: 100,
      width: 400,
      top: 148,
      bottom: null,
      maxHeight: 352,
    });
  });

  it('lies above it where there is more room, and grows upwards', () => {
    expect(positionPopup(field(600), WINDOW, 800, 'ltr')).to.deep.include({
      top: null,
      bottom: 204,
      maxHeight: 352,
    });
  });

  it('stays below while that is room enough, or the most there is', () => {
    expect(positionPopup(field(488), WINDOW, 800, 'ltr')).to.deep.include({
      top: 536,
      maxHeight: 256,
    });
    expect(positionPopup(field(489), WINDOW, 800, 'ltr').top).to.equal(null);
    const low: Box = { ...WINDOW, height: 500 };
    expect(positionPopup(field(180), low, 500, 'ltr')).to.deep.include({
      top: 228,
      maxHeight: 264,
    });
  });

  it('lies over it where there is room on neither side, as at 400 %', () => {
    const zoomed: Box = { left: 0, top: 0, width: 320, height: 200 };
    expect(positionPopup(field(80, 16, 288), zoomed, 200, 'ltr')).to.deep.include({
      top: 8,
      maxHeight: 184,
    });
  });

  it('goes on to the left of a narrow anchor from right to left', () => {
    const narrow = field(100, 500, 200);
    expect(positionPopup(narrow, WINDOW, 800, 'ltr').left).to.equal(500);
    expect(positionPopup(narrow, WINDOW, 800, 'rtl').left).to.equal(412);
  });

  it('is in sight, all of it, wherever its anchor is and however the page is pinched', () => {
    const size = (max: number) => fc.integer({ min: 120, max });
    fc.assert(
      fc.property(
        fc.record({ width: size(2000), height: size(1500) }),
        fc.record({ left: fc.nat(400), top: fc.nat(400) }),
        fc.record({ left: fc.integer({ min: -50, max: 2000 }), width: size(900) }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('ltr' as const, 'rtl' as const),
        (size, offset, { left, width }, where, dir) => {
          const seen = { ...offset, ...size };
          const height = seen.top + seen.height + 100;
          const anchor = { left, width, top: seen.top + where * (seen.height - 44), height: 44 };
          const place = positionPopup(anchor, seen, height, dir);
          const top = place.top ?? height - (place.bottom ?? 0) - place.maxHeight;
          expect(place.left).to.be.at.least(seen.left);
          expect(place.left + place.width).to.be.at.most(seen.left + seen.width);
          expect(top).to.be.at.least(seen.top - 1e-6);
          expect(top + place.maxHeight).to.be.at.most(seen.top + seen.height + 1e-6);
        },
      ),
    );
  });
});
