/** Checks that need a call: stores, limiters, keys. */

import type { E164 } from '../../shared/phone-number/e164.ts';
import { verifyProof } from '../../shared/verify-proof.ts';
import type { KeyValueStore } from '../bindings.ts';
import { publicKeys, signProof } from '../otp/proof.ts';
import type { Context } from '../request-context.ts';
import { withTimeout } from '../util/with-timeout.ts';
import { type Finding, failed, found, nameOf, ok, warning } from './finding.ts';
import { isOnCloudflare } from './host.ts';

const STORE_DEADLINE_MS = 3_000;
const KV_KEY = 'doctor';
/** An unassigned number (ITU-T E.164 assigns no code 999 yet): its object belongs to no visitor. */
const NOBODY = '+999000000000' as E164;

export async function liveFindings(
  context: Context,
  clientNowMs: number | undefined,
): Promise<Finding[]> {
  const { service, runtime } = context;
  const nowMs = runtime.now();
  return Promise.all([
    kv(service.kv),
    does('phone_gate', 'write to the object of a phone number', 'PHONE_GATE', async () => {
      const grant = await (await service.gates(NOBODY)).grantMessage({}, nowMs);
      if (grant.kind === 'granted') await grant.settle('not_sent');
    }),
    ...(service.config.CLIENT_LIMITER === 'object'
      ? [
          does('client_gate', 'write to the object of a client', 'CLIENT_GATE', async () =>
            (await service.clientLimits.send.take(NOBODY, nowMs)).release(),
          ),
        ]
      : []),
    guard(context),
    budgets(context),
    does('burst', 'call the burst limiter', 'BURST', () => service.burst(NOBODY)),
    clock(context, clientNowMs),
    proof(context),
    turnstile(context),
    assets(context),
  ]);
}

/** The fix for a store that does not work. */
const lookAt = (binding: string) =>
  isOnCloudflare
    ? `Check ${binding} in wrangler.toml, the write limits of your plan, and Cloudflare's status page.`
    : 'Check the file of --store, its permissions and its disk.';

/** Any response is a success. */
const does = (check: string, tried: string, binding: string, act: () => Promise<unknown>) =>
  found(check, tried, () => act().then(() => ok(check, tried, 'done')), lookAt(binding));

/** Without it nobody is refused; that there is none is worth knowing. */
function guard({ service, runtime }: Context): Promise<Finding> {
  const check = 'guard';
  const tried = 'to read the rules of the operator';
  const { guard } = service;
  if (guard) return does(check, tried, 'GUARD_OBJECT', () => guard.currentRules(runtime.now()));
  const mend = 'Bind GUARD_OBJECT as in the wrangler.toml that ships, or set GUARD = "off".';
  const detail = 'GUARD_OBJECT is not bound: there is no guard against SMS pumping';
  const isWanted = service.config.GUARD !== 'off';
  return Promise.resolve(isWanted ? warning(check, tried, detail, mend) : ok(check, tried, detail));
}

function kv(store: KeyValueStore): Promise<Finding> {
  const tried = 'write to KV and read it back';
  return found(
    'kv',
    tried,
    async () => {
      await withTimeout(store.put(KV_KEY, '1', { expirationTtl: 60 }), STORE_DEADLINE_MS);
      const value = await withTimeout(store.get(KV_KEY, 'json'), STORE_DEADLINE_MS);
      return value === 1
        ? ok('kv', tried, 'written and read')
        : warning(
            'kv',
            tried,
            'the value read differs from the value written',
            'KV is slow. Retry in a minute.',
          );
    },
    lookAt('OTP_KV'),
  );
}

function budgets({ service, runtime }: Context): Promise<Finding> {
  const tried = 'write to the budgets and read their usage';
  return found(
    'budgets',
    tried,
    async () => {
      const nowMs = runtime.now();
      await service.budgets.tryOut(nowMs);
      const all = await service.budgets.used(nowMs);
      const full = all.filter(({ used, count }) => used >= 0.8 * count);
      if (full.length === 0) return ok('budgets', tried, 'all below 80 %');
      const names = full.map(({ budget, used, count }) => `${budget} ${used}/${count}`).join(', ');
      return warning('budgets', tried, names, 'Rule out an attack, then raise LIMITS.');
    },
    lookAt('SEND_LEDGER'),
  );
}

async function clock({ runtime }: Context, clientNowMs: number | undefined): Promise<Finding> {
  const tried = "clock of the Worker, compared with this machine's";
  if (clientNowMs === undefined) return ok('clock', tried, 'not compared: the request has no time');
  const apartSeconds = Math.round(Math.abs(runtime.now() - clientNowMs) / 1000);
  if (apartSeconds <= 60) return ok('clock', tried, `${apartSeconds} s apart`);
  return warning(
    'clock',
    tried,
    `${apartSeconds} s apart`,
    'Synchronise the clock of your machine. A server that verifies proofs offline needs a correct one.',
  );
}

function proof({ service, runtime }: Context): Promise<Finding> {
  const tried = 'sign a proof and verify it with the published keys';
  const { config, keyring } = service;
  const [audience = config.PUBLIC_URL] = config.ALLOWED_ORIGINS;
  return found(
    'proof',
    tried,
    async () => {
      const signed = await signProof(
        { site: audience, phone: NOBODY, channel: 'sms' },
        {
          keyring,
          issuer: config.PUBLIC_URL,
          lifetimeSeconds: 30,
          verifiedAtMs: runtime.now(),
          id: runtime.randomId(),
        },
      );
      await verifyProof(signed, {
        issuer: config.PUBLIC_URL,
        audience,
        keys: publicKeys(keyring),
        now: runtime.now(),
      });
      return ok('proof', tried, 'valid');
    },
    'This is a bug in mitto-otp. Please report it.',
  );
}

function turnstile({ service }: Context): Promise<Finding> {
  const tried = 'Turnstile secret';
  return found(
    'turnstile',
    tried,
    async () => {
      const { turnstile: challenge, config } = service;
      if (!challenge) return ok('turnstile', tried, 'not configured');
      const reason = await challenge
        .check('no token of a visitor', config.PUBLIC_URL)
        .then(() => undefined, nameOf);
      // Turnstile rejected the token, so it accepted the secret.
      if (reason === 'challenge_failed') return ok('turnstile', tried, 'accepted');
      const mend =
        reason === 'misconfigured'
          ? 'Check TURNSTILE_SECRET.'
          : 'Check TURNSTILE_BASE_URL. Until then every send with a challenge fails.';
      return failed('turnstile', tried, reason ?? 'Turnstile accepted an invalid token', mend);
    },
    'Check TURNSTILE_SECRET and TURNSTILE_BASE_URL.',
  );
}

function assets({ service }: Context): Promise<Finding> {
  const tried = 'widget deployed with the Worker';
  const mend = 'Build the widget, check [assets] in wrangler.toml, and deploy again.';
  return found(
    'widget',
    tried,
    async () => {
      const url = new URL('/mitto-otp.js', service.config.PUBLIC_URL);
      const response = await service.assets.fetch(new Request(url));
      await response.body?.cancel();
      return response.ok
        ? ok('widget', tried, '/mitto-otp.js found')
        : failed('widget', tried, `HTTP ${response.status}`, mend);
    },
    mend,
  );
}
