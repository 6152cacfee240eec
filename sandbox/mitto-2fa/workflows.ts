import { BoundedMap } from '../bounded-collections.ts';
import type { MittoChannel } from './channel.ts';

const MAX_WORKFLOWS = 1000;

export interface Workflow {
  readonly sid: string;
  readonly accountSid: string;
  readonly name: string;
  readonly description?: string;
  /** In the order in which they are tried. */
  readonly channels: readonly MittoChannel[];
  readonly dateCreated: string;
  readonly dateUpdated: string;
  readonly uri: string;
}

/** By sid. */
export class WorkflowBook extends BoundedMap<string, Workflow> {
  constructor() {
    super(MAX_WORKFLOWS);
  }
}
