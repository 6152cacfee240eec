import { expect } from '@open-wc/testing';
import { FakeTimers } from '../../test/support/widget/fake-timers.ts';
import { DeliveryPoller } from './delivery-poller.ts';

type State = 'pending' | 'delivered' | 'not_delivered';

describe('delivery poller', () => {
  let timers: FakeTimers;
  let asked: string[];
  let news: string[];
  let state: State;
  let poller: DeliveryPoller;

  beforeEach(() => {
    timers = new FakeTimers();
    asked = [];
    news = [];
    state = 'pending';
    poller = new DeliveryPoller(
      async (session) => {
        asked.push(session);
        return state;
      },
      (session, reported) => news.push(`${session} ${reported}`),
    );
  });
  afterEach(() => {
    poller.follow(null);
    timers.restore();
    Reflect.deleteProperty(document, 'hidden');
    Reflect.deleteProperty(navigator, 'onLine');
  });

  it('asks five times, after 5, 12, 24, 44 and 74 seconds, and then no more', async () => {
    const times: number[] = [];
    poller.follow('a');
    for (let seconds = 1; seconds <= 200; seconds++) {
      const before = asked.length;
      await timers.advance(1000);
      if (asked.length > before) times.push(seconds);
    }
    expect(times).to.deep.equal([5, 12, 24, 44, 74]);
    expect(timers.count).to.equal(0);
  });

  it('asks for the present session only', async () => {
    state = 'delivered';
    poller.follow('a');
    poller.follow('b');
    await timers.advance(6_000);
    expect(asked).to.deep.equal(['b']);
    expect(news).to.deep.equal(['b delivered']);
  });

  it('stops once a message is delivered, and leaves no timer', async () => {
    state = 'delivered';
    poller.follow('a');
    await timers.advance(200_000);
    expect(asked).to.deep.equal(['a']);
    expect(timers.count).to.equal(0);
  });

  it('goes on after a failure report, which a later report may correct', async () => {
    state = 'not_delivered';
    poller.follow('a');
    await timers.advance(6_000);
    state = 'delivered';
    await timers.advance(10_000);
    expect(news).to.deep.equal(['a not_delivered', 'a delivered']);
  });

  for (const [what, target, name, value] of [
    ['the page is hidden', document, 'hidden', true],
    ['the visitor is offline', navigator, 'onLine', false],
  ] as const)
    it(`does not ask while ${what}, and asks afterwards`, async () => {
      Object.defineProperty(target, name, { configurable: true, get: () => value });
      poller.follow('a');
      await timers.advance(60_000);
      expect(asked).to.deep.equal([]);
      Reflect.deleteProperty(target, name);
      await timers.advance(5_000);
      expect(asked).to.deep.equal(['a']);
    });

  it('leaves no timer when nothing is followed any more', () => {
    poller.follow('a');
    poller.follow(null);
    expect(timers.count).to.equal(0);
  });
});
