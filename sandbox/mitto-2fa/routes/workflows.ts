/**
 * `/2fa/workflows`: ordered sets of channels, as Restcomm describes them; their JSON is assumed. They can be kept
 * here but not used: which field of a send names a workflow is not published.
 */
import * as v from 'valibot';
import { type Answer, okAnswer, RequestError } from '../../envelope.ts';
import { randomSid } from '../../randomness.ts';
import { readFields } from '../../request-body.ts';
import { MittoChannelSchema } from '../channel.ts';
import type { MittoCall, TwoFactorState } from '../state.ts';
import type { Workflow } from '../workflows.ts';
import { listAnswer } from './list-answer.ts';

const Name = v.pipe(v.string(), v.nonEmpty());
const Description = v.exactOptional(v.string());
const Channels = v.pipe(
  v.array(MittoChannelSchema),
  v.minLength(1),
  v.check((channels) => new Set(channels).size === channels.length, 'a channel is named twice'),
);

const WorkflowSchema = v.object({ name: Name, description: Description, channels: Channels });
const WorkflowChangesSchema = v.object({
  name: v.exactOptional(Name),
  description: Description,
  channels: v.exactOptional(Channels),
});

/** `POST /2fa/workflows` */
export function createWorkflow(state: TwoFactorState, call: MittoCall): Answer {
  const sid = randomSid('WF', state.randomBytes);
  const date = new Date(state.now()).toISOString();
  const workflow: Workflow = {
    sid,
    accountSid: state.accountId,
    ...readFields(WorkflowSchema, call.fields),
    dateCreated: date,
    dateUpdated: date,
    uri: `/2fa/workflows/search/${sid}`,
  };
  state.workflows.set(sid, workflow);
  return { status: 200, content: { ...workflow } };
}

/** `GET /2fa/workflows/search/{workflowSid}` */
export function oneWorkflow(state: TwoFactorState, call: MittoCall): Answer {
  return { status: 200, content: { ...existingWorkflow(state, call.resource) } };
}

/** `PUT /2fa/workflows/{workflowSid}`: changes the fields that are given. */
export function updateWorkflow(state: TwoFactorState, call: MittoCall): Answer {
  const workflow = existingWorkflow(state, call.resource);
  const changes = readFields(WorkflowChangesSchema, call.fields);
  const updated: Workflow = {
    ...workflow,
    ...changes,
    dateUpdated: new Date(state.now()).toISOString(),
  };
  state.workflows.set(workflow.sid, updated);
  return { status: 200, content: { ...updated } };
}

/** `DELETE /2fa/workflows/{workflowSid}` */
export function deleteWorkflow(state: TwoFactorState, call: MittoCall): Answer {
  state.workflows.delete(existingWorkflow(state, call.resource).sid);
  return okAnswer();
}

/** `GET /2fa/workflows/search` */
export function searchWorkflows(state: TwoFactorState): Answer {
  return listAnswer(state.knobs.current.listShape, 'workflows', [...state.workflows.values()]);
}

function existingWorkflow(state: TwoFactorState, sid: string): Workflow {
  const workflow = state.workflows.get(sid);
  if (!workflow) throw new RequestError(404, `No such workflow: ${sid}`);
  return workflow;
}
