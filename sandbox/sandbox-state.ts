import type { DeliveryReports } from './delivery-reports.ts';
import type { Inbox } from './inbox.ts';
import type { OptionStore } from './options.ts';
import type { RandomBytes } from './randomness.ts';

/** What all emulated APIs share. */
export interface SandboxState {
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
  readonly knobs: OptionStore;
  readonly inbox: Inbox;
  readonly reports: DeliveryReports;
}
