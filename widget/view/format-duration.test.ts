import { expect } from '@open-wc/testing';
import { clockTime, relativeTime } from './format-duration.ts';

describe('a time', () => {
  it('on a countdown shows every second', () => {
    expect([0, 9, 27, 725, 3725].map(clockTime)).to.deep.equal([
      '0:00',
      '0:09',
      '0:27',
      '12:05',
      '1:02:05',
    ]);
  });

  it('in a sentence is rounded up, in the largest unit that is exact enough', () => {
    expect([1, 99, 101, 754, 5399, 5401].map((time) => relativeTime(time, 'en'))).to.deep.equal([
      'in 1 second',
      'in 99 seconds',
      'in 2 minutes',
      'in 13 minutes',
      'in 90 minutes',
      'in 2 hours',
    ]);
  });

  it('in a sentence has the case that its preposition asks for', () => {
    expect(relativeTime(1, 'pl')).to.equal('za 1 sekundę');
    expect(relativeTime(27, 'de')).to.equal('in 27 Sekunden');
    expect(relativeTime(2, 'ar')).to.equal('بعد ثانيتين');
    expect(relativeTime(7200, 'he')).to.equal('בעוד שעתיים');
  });

  it('in Arabic is one after which, and not within which, one may go on', () => {
    for (const seconds of [1, 27, 3600, 7200])
      expect(relativeTime(seconds, 'ar'), `${seconds}`).to.match(/^بعد /);
  });

  it('has the digits of the message in every language', () => {
    for (const lang of ['ar', 'ar-EG', 'fa', 'hi', 'my'])
      expect(relativeTime(27, lang), lang).to.contain('27');
  });
});
