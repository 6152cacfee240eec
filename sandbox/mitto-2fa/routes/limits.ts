/**
 * `/2fa/limits`. What a limit consists of is from Restcomm; the names of the JSON members, and seconds as the unit
 * of the interval, are assumed.
 */
import * as v from 'valibot';
import { type Answer, okAnswer, RequestError } from '../../envelope.ts';
import { randomSid } from '../../randomness.ts';
import { readFields } from '../../request-body.ts';
import type { Limit } from '../limits.ts';
import type { MittoCall, TwoFactorState } from '../state.ts';
import { listAnswer } from './list-answer.ts';

const Text = v.pipe(v.string(), v.nonEmpty());
const PositiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
const Buckets = v.pipe(
  v.array(v.object({ name: Text, max: PositiveInteger, interval: PositiveInteger })),
  v.minLength(1),
  v.maxLength(2),
  v.check(
    (buckets) => new Set(buckets.map(({ name }) => name)).size === buckets.length,
    'two buckets of one name',
  ),
);

const details = {
  description: v.exactOptional(v.string()),
  accountSid: v.exactOptional(v.string()),
};
const LimitSchema = v.object({ name: Text, buckets: Buckets, ...details });
const LimitChangesSchema = v.object({
  name: v.exactOptional(Text),
  buckets: v.exactOptional(Buckets),
  ...details,
});

/** `POST /2fa/limits` */
export function createLimit(state: TwoFactorState, call: MittoCall): Answer {
  const fields = readFields(LimitSchema, call.fields);
  refuseTakenName(state, fields.name);
  const sid = randomSid('LI', state.randomBytes);
  const date = new Date(state.now()).toISOString();
  const limit: Limit = {
    sid,
    ...fields,
    dateCreated: date,
    dateUpdated: date,
    uri: `/2fa/limits/${sid}`,
  };
  state.limits.put(limit);
  return { status: 200, content: { ...limit } };
}

/** `GET /2fa/limits/{limitSid}` */
export function oneLimit(state: TwoFactorState, call: MittoCall): Answer {
  return { status: 200, content: { ...existingLimit(state, call.resource) } };
}

/** `PUT /2fa/limits/{limitSid}`: changes the fields that are given. */
export function updateLimit(state: TwoFactorState, call: MittoCall): Answer {
  const limit = existingLimit(state, call.resource);
  const changes = readFields(LimitChangesSchema, call.fields);
  if (changes.name !== undefined && changes.name !== limit.name)
    refuseTakenName(state, changes.name);
  const updated: Limit = {
    ...limit,
    ...changes,
    dateUpdated: new Date(state.now()).toISOString(),
  };
  state.limits.put(updated);
  return { status: 200, content: { ...updated } };
}

/** `DELETE /2fa/limits/{limitSid}` */
export function deleteLimit(state: TwoFactorState, call: MittoCall): Answer {
  state.limits.delete(existingLimit(state, call.resource).sid);
  return okAnswer();
}

/** `GET /2fa/limits/search` */
export function searchLimits(state: TwoFactorState): Answer {
  return listAnswer(state.knobs.current.listShape, 'limits', state.limits.all());
}

function existingLimit(state: TwoFactorState, sid: string): Limit {
  const limit = state.limits.find(sid);
  if (!limit) throw new RequestError(404, `No such limit: ${sid}`);
  return limit;
}

/** A send names its limits by name: two of one name could not be told apart. */
function refuseTakenName(state: TwoFactorState, name: string): void {
  if (state.limits.findByName(name)) throw new RequestError(409, 'name: taken by another limit');
}
