import { describe, expect, it } from 'vitest';
import { type Row, sizeTable, speedTable, timeTable } from './tables.ts';
import type { Visit } from './visit.ts';

function visit(figures: Partial<Visit>): Visit {
  return {
    toField: { ms: 100, bytes: 1_000, requests: 1 },
    mainThread: { tasksMs: 50, scriptsMs: 10 },
    total: { bytes: 2_000, requests: 2 },
    shift: 0,
    shiftAfterInput: 0,
    refused: 0,
    ...figures,
  };
}

const OURS: Row = { name: 'ours', visits: [visit({}), visit({})] };

describe('the table of sizes', () => {
  it('says how many bytes came in how many files, until the field and in all', () => {
    expect(sizeTable([OURS])).toContain('| ours | 1.0 kB in 1 | 2.0 kB in 2 | none | none | 0 |');
  });

  it('shows the range where rounds differ', () => {
    const visits = [1_000, 3_000, 5_000].map((bytes) =>
      visit({ total: { bytes, requests: 2 }, shift: bytes / 100_000 }),
    );
    expect(sizeTable([{ name: 'peer', visits }])).toContain(
      '3.0 kB (1.0–5.0) in 2 | 0.030 (0.010–0.050) | none | 0 |',
    );
  });

  it('never says that nothing has moved when something has', () => {
    const visits = [visit({ shift: 0.000_01, shiftAfterInput: 0.000_01 })];
    expect(sizeTable([{ name: 'peer', visits }])).not.toContain('none');
  });
});

describe('the table of speed', () => {
  it('divides each round by our own of the same round', () => {
    const slowing: Row = {
      name: 'ours',
      visits: [100, 200].map((ms) => visit({ toField: { ms, bytes: 0, requests: 0 } })),
    };
    const peer: Row = {
      name: 'peer',
      visits: [150, 400].map((ms) => visit({ toField: { ms, bytes: 0, requests: 0 } })),
    };
    expect(speedTable([slowing, peer], slowing)).toContain('| peer | 1.75 (1.50–2.00) | 1.00 |');
  });
});

describe('the table of times', () => {
  it('gives them in milliseconds', () => {
    expect(timeTable([OURS])).toContain('| ours | 100 ms | 50 ms | 10 ms |');
  });
});
