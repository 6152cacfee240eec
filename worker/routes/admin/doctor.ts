/**
 * `POST /v1/admin/doctor`: every check from inside the Worker, where the way out is.
 * `POST /v1/admin/doctor/mitto`: one real call of the 2FA API, and what it really answered.
 */
import type { IRequest } from 'itty-router';
import { DoctorRequestSchema, ProbeRequestSchema } from '../../../shared/api/admin-requests.ts';
import { senderOf } from '../../config/flow.ts';
import type { CheckResult, SendResult } from '../../connectors/connector.ts';
import { createMitto2faOver } from '../../create-connectors.ts';
import { egressFindings } from '../../doctor/egress-findings.ts';
import { liveFindings } from '../../doctor/live-findings.ts';
import { type Recorder, recordOver } from '../../doctor/mitto-probe.ts';
import { setupFindings } from '../../doctor/setup-findings.ts';
import { RequestError } from '../../errors.ts';
import { readJson } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import { grantTestMessage } from '../../messaging/send-test-message.ts';
import { parseDestination } from '../../otp/parse-destination.ts';
import type { Context } from '../../request-context.ts';
import type { Route } from '../route.ts';
import { forOperator } from './require-operator.ts';

export const DOCTOR_ROUTES: readonly Route[] = [
  { path: '/v1/admin/doctor', handlers: { POST: forOperator(doctor) }, cors: false },
  { path: '/v1/admin/doctor/mitto', handlers: { POST: forOperator(probe) }, cors: false },
];

async function doctor(request: IRequest, context: Context): Promise<Response> {
  const { now } = await readJson(request as unknown as Request, DoctorRequestSchema);
  const { config } = context.service;
  const [live, { findings: outside, egress }] = await Promise.all([
    liveFindings(context, now),
    egressFindings(context),
  ]);
  const findings = [...setupFindings(config), ...live, ...outside];
  const hasFailed = findings.some(({ result }) => result === 'failed');
  return json({
    status: hasFailed ? 'failed' : 'ok',
    findings,
    /** What proofs say that they are from: whoever asks knows whether that is here. */
    issuer: config.PUBLIC_URL,
    egress,
  });
}

async function probe(request: IRequest, context: Context): Promise<Response> {
  const { service, runtime } = context;
  const { config } = service;
  const asked = await readJson(request as unknown as Request, ProbeRequestSchema);
  const destination = parseDestination(asked.to, undefined, config.ALLOWED_COUNTRIES);
  const { phone } = destination;
  const code = asked.operation === 'verify' ? asked.code : '';
  const recorder = recordOver(service.egress, runtime.now, [phone, code]);
  const connector = createMitto2faOver(config, { egress: recorder, now: runtime.now });
  const from = senderOf(config, { name: undefined }, 'mitto-2fa', 'sms');
  if (!connector || from === undefined)
    throw new RequestError({
      kind: 'misconfigured',
      problems: [{ setting: 'MITTO_ACCOUNT_ID', problem: 'is missing, or SENDER is' }],
    });

  switch (asked.operation) {
    case 'send': {
      const { grant, charged, text, language } = await grantTestMessage(
        destination,
        'sms',
        context,
      );
      const result = await connector.sendCode({
        to: phone,
        channel: 'sms',
        from,
        text,
        language,
        service: config.SERVICE,
        limits: {},
      });
      if (result.kind === 'accepted') await grant.settle('accepted');
      else await charged.settleFailure(result.reason);
      return json({
        ...answer(result, recorder),
        ...(result.kind === 'accepted' ? { requestId: result.requestId } : {}),
      });
    }
    case 'verify': {
      const { requestId } = asked;
      const result = await connector.check({ to: phone, requestId, code, service: config.SERVICE });
      return json(answer(result, recorder));
    }
    case 'cancel':
      await connector.cancel({ requestId: asked.requestId });
      return json({ outcome: 'asked', recorded: recorder.recorded() });
  }
}

function answer(result: SendResult | CheckResult, recorder: Recorder) {
  const outcome = 'reason' in result ? result.reason.kind : result.kind;
  return { outcome, recorded: recorder.recorded() };
}
