/** Workflows: ordered sets of channels (Restcomm). */

import type { RecordsCalls } from './list-call.ts';
import {
  type MemberReaders,
  type MittoList,
  type MittoRecord,
  readRecord,
  textMember,
} from './record.ts';
import { type MittoFilter, queryOf, requireText, sidSegment } from './validate-input.ts';

interface KnownWorkflow {
  sid: string;
  name: string;
  description: string;
  accountSid: string;
  /** In the order in which they are tried; what stands in it is unknown. */
  channels: readonly unknown[];
  uri: string;
}

/** The structure of a workflow is from Restcomm, the field names are assumed. */
export type MittoWorkflow = MittoRecord<KnownWorkflow>;

/** Changes to a workflow; other fields are passed through. */
export interface MittoWorkflowChanges {
  name?: string;
  description?: string;
  /** In the order in which they are tried. */
  channels?: readonly unknown[];
  [extra: string]: unknown;
}

export interface MittoNewWorkflow extends MittoWorkflowChanges {
  name: string;
  /** The sub-account that it is for (assumed); otherwise the account itself. */
  accountSid?: string;
}

export interface MittoWorkflows {
  /**
   * `POST /2fa/workflows` (documented).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const { sid } = await mitto.workflows.create({ name: 'text, then call', channels: ['sms', 'call'] });
   */
  create(workflow: MittoNewWorkflow): Promise<MittoWorkflow>;
  /**
   * `PUT /2fa/workflows/{workflowSid}` (documented). Whether omitted fields stay is unknown: send them all.
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * await mitto.workflows.update(sid, { name: 'call, then text', channels: ['call', 'sms'] });
   */
  update(workflowSid: string, changes: MittoWorkflowChanges): Promise<MittoWorkflow>;
  /**
   * `DELETE /2fa/workflows/{workflowSid}` (documented).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * await mitto.workflows.delete(sid);
   */
  delete(workflowSid: string): Promise<void>;
  /**
   * Of the account, or of a sub-account: `GET /2fa/workflows/search` (documented; the parameter's name is assumed).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const workflows = await mitto.workflows.list({ accountSid: 'AC…' });
   */
  list(filter?: MittoFilter & { accountSid?: string }): Promise<MittoList<MittoWorkflow>>;
  /**
   * `GET /2fa/workflows/search/{workflowSid}` (documented).
   *
   * @throws MittoInputError, MittoApiError
   * @example
   * const { channels = [] } = await mitto.workflows.get(sid);
   */
  get(workflowSid: string): Promise<MittoWorkflow>;
}

const READERS: MemberReaders<KnownWorkflow> = {
  sid: textMember,
  name: textMember,
  description: textMember,
  accountSid: textMember,
  channels: (value) => (Array.isArray(value) ? (value as unknown[]) : undefined),
  uri: textMember,
};

export function workflowsOver(records: RecordsCalls): MittoWorkflows {
  const segment = (sid: string) => sidSegment('workflowSid', sid);
  return {
    async create(workflow) {
      requireText('name', workflow.name);
      const call = { method: 'POST', path: '/2fa/workflows', body: workflow } as const;
      return records.one('workflows.create', call, READERS);
    },
    async update(workflowSid, changes) {
      const path = `/2fa/workflows/${segment(workflowSid)}` as const;
      return records.one('workflows.update', { method: 'PUT', path, body: changes }, READERS);
    },
    async delete(workflowSid) {
      const path = `/2fa/workflows/${segment(workflowSid)}` as const;
      await records.done('workflows.delete', { method: 'DELETE', path });
    },
    async list(filter = {}) {
      const call = {
        method: 'GET',
        path: '/2fa/workflows/search',
        query: queryOf(filter),
      } as const;
      return records.list('workflows.list', call, 'workflows', (item) => readRecord(item, READERS));
    },
    async get(workflowSid) {
      const path = `/2fa/workflows/search/${segment(workflowSid)}` as const;
      return records.one('workflows.get', { method: 'GET', path }, READERS);
    },
  };
}
