import { expect, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { fakeAdminApi } from '../../test/support/console/fake-admin-api.ts';
import { button, field, sees, show, type } from '../../test/support/console/page.ts';
import type { UsageView } from './usage-view.ts';

const record = (day: string, channel: string, count: string) => ({
  channel,
  startTime: day,
  endTime: day,
  count,
  countNumber: Number(count),
});

/** Answers whichever days are asked for. */
async function open(records: object[]) {
  const calls: string[] = [];
  const worker = fakeAdminApi(
    new Proxy(
      {},
      {
        getOwnPropertyDescriptor: (_target, call) => {
          calls.push(String(call));
          return { configurable: true, enumerable: true, value: records };
        },
        get: () => records,
      },
    ),
  );
  const view = await show<UsageView>(html`<usage-view .api=${worker.api}></usage-view>`);
  return { view, calls };
}

describe('usage', () => {
  it('is asked for by day, of the last thirty days at first', async () => {
    const { view, calls } = await open([]);
    await sees(view, 'No usage');
    const [, start = '', end = ''] =
      /^GET mitto\/usage\/Daily\?startDate=([\d-]+)&endDate=([\d-]+)$/.exec(calls[0] ?? '') ?? [];
    expect((Date.parse(end) - Date.parse(start)) / 86_400_000).to.equal(29);
  });

  it('of a block that has its own time takes no days', async () => {
    const { view, calls } = await open([]);
    const by = field<HTMLSelectElement>(view, 'By');
    by.value = 'LastMonth';
    by.dispatchEvent(new Event('change'));
    await view.updateComplete;
    expect(view.querySelector('input[type=date]')).to.equal(null);
    button(view, 'Show').click();
    await waitUntil(() => calls.includes('GET mitto/usage/LastMonth'));
  });

  it('stacks a bar a day as high as its counts, and writes the same beside it', async () => {
    const { view } = await open([
      record('2026-11-01', 'sms', '30'),
      record('2026-11-01', 'call', '10'),
      record('2026-11-02', 'sms', '20'),
    ]);
    await sees(view, '60 sent');
    await waitUntil(() => view.querySelectorAll('.part').length === 3);
    const heights = [...view.querySelectorAll('.part')].map((part) =>
      Number(part.getAttribute('height')),
    );
    const [sms = 0, call = 0, second = 0] = heights;
    expect(sms / call).to.be.closeTo(3, 0.01);
    expect(sms / second).to.be.closeTo(1.5, 0.01);
    expect(view.querySelector('.part title')?.textContent).to.equal('2026-11-01: 30 by SMS');
    const rows = [...view.querySelectorAll('tr')].map(({ cells }) =>
      [...cells].map(({ textContent }) => textContent?.trim()).join(' '),
    );
    expect(rows).to.deep.equal([
      'Time SMS Voice call All',
      '2026-11-01 30 10 40',
      '2026-11-02 20 0 20',
      'Total 50 10 60',
    ]);
  });

  it('is taken away where the days are refused', async () => {
    const { view } = await open([record('2026-11-01', 'sms', '30')]);
    await sees(view, '30 sent');
    await sees(view, 'Raw record');
    await type(view, field(view, 'From'), '2026-11-02');
    await type(view, field(view, 'Until'), '2026-11-01');
    button(view, 'Show').click();
    await sees(view, 'must not be before');
    expect(view.textContent).not.to.contain('30 sent');
  });

  it('shows a record without a count, and what came as text', async () => {
    const { view } = await open([{ channel: '<img src=x>', count: 'many' }]);
    await sees(view, '1 record without a numeric count');
    await sees(view, '{"channel":"<img src=x>","count":"many"}');
    expect(view.querySelector('img')).to.equal(null);
  });
});
