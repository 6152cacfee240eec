/**
 * `POST /v1/admin/doctor`: every check from inside the Worker, where the way out is.
 * `POST /v1/admin/doctor/mitto`: one real call of the 2FA API, and what it really answered.
 */
import type { IRequest } from 'itty-router';
import { DoctorRequestSchema, ProbeRequestSchema } from '../../../shared/admin-requests.ts';
import { flowOf, senderOf } from '../../config/flow.ts';
import type { CheckResult, SendResult } from '../../connectors/connector.ts';
import { createMitto2faOver } from '../../connectors/connectors.ts';
import type { Context } from '../../context.ts';
import { liveFindings } from '../../doctor/live-findings.ts';
import { recordOver } from '../../doctor/mitto-probe.ts';
import { setupFindings } from '../../doctor/setup-findings.ts';
import { readJson } from '../../http/read-body.ts';
import { json } from '../../http/responses.ts';
import { codeMessage } from '../../messages/code-message.ts';
import { parseDestination } from '../../otp/phone-number.ts';
import { Refusal } from '../../reason.ts';
import type { Route } from '../routes.ts';
import { forOperators } from './operator.ts';

export const DOCTOR_ROUTES: readonly Route[] = [
  { path: '/v1/admin/doctor', handlers: { POST: forOperators(doctor) }, isForBrowsers: false },
  { path: '/v1/admin/doctor/mitto', handlers: { POST: forOperators(probe) }, isForBrowsers: false },
];

async function doctor(request: IRequest, context: Context): Promise<Response> {
  const { now } = await readJson(request as unknown as Request, DoctorRequestSchema);
  const findings = [
    ...setupFindings(context.service.config),
    ...(await liveFindings(context, now)),
  ];
  const failures = findings.filter(({ result }) => result === 'failed').length;
  return json({ status: failures === 0 ? 'ok' : 'failed', findings });
}

async function probe(request: IRequest, context: Context): Promise<Response> {
  const { service, runtime } = context;
  const { config } = service;
  const asked = await readJson(request as unknown as Request, ProbeRequestSchema);
  const { phone, country } = parseDestination(asked.to, undefined, config.ALLOWED_COUNTRIES);
  const code = asked.operation === 'verify' ? asked.code : '';
  const recorder = recordOver(service.egress, runtime.now, [phone, code]);
  const connector = createMitto2faOver(config, { egress: recorder, now: runtime.now });
  const from = senderOf(config, { name: undefined }, 'mitto-2fa', 'sms');
  if (!connector || from === undefined)
    throw new Refusal({
      kind: 'misconfigured',
      problems: [{ setting: 'MITTO_ACCOUNT_ID', problem: 'is missing, or SENDER is' }],
    });

  switch (asked.operation) {
    case 'send': {
      const nowMs = runtime.now();
      const grant = await (await service.gates(phone)).grantMessage({}, nowMs);
      if (grant.kind === 'send_limit') throw new Refusal(grant);
      if (grant.kind !== 'granted') throw new Refusal({ kind: 'in_progress' });
      try {
        await service.budgets.charge({ phone, country, idempotency: undefined }, nowMs);
      } catch (refusal) {
        await grant.settle('not_sent');
        throw refusal;
      }
      const [site = config.PUBLIC_URL] = config.ALLOWED_ORIGINS;
      const template = flowOf(config, undefined)?.template;
      const { text, language } = codeMessage({
        site,
        channel: 'sms',
        locale: undefined,
        template: template === undefined ? undefined : config.TEMPLATES[template],
        codeLength: config.CODE_LENGTH,
        hasAutofillLine: config.AUTOFILL_LINE,
      });
      const result = await connector.sendCode({
        to: phone,
        channel: 'sms',
        from,
        text,
        language,
        service: config.SERVICE,
        limits: {},
      });
      await grant.settle(result.kind === 'accepted' ? 'accepted' : 'not_accepted');
      return answer(outcomeOf(result), recorder.recorded(), result);
    }
    case 'verify': {
      const { requestId } = asked;
      const result = await connector.check({ to: phone, requestId, code, service: config.SERVICE });
      return answer(outcomeOf(result), recorder.recorded());
    }
    case 'cancel':
      await connector.cancel({ requestId: asked.requestId });
      return answer('asked', recorder.recorded());
  }
}

function outcomeOf(result: SendResult | CheckResult): string {
  return 'reason' in result ? result.reason.kind : result.kind;
}

function answer(outcome: string, recorded: unknown, sent?: SendResult): Response {
  return json({
    outcome,
    recorded,
    ...(sent?.kind === 'accepted' ? { requestId: sent.requestId } : {}),
  });
}
