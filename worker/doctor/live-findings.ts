/** What has to be tried: stores, shields, keys. */
import { verifyProof } from '../../shared/verify-proof.ts';
import type { KeyValueStore } from '../bindings.ts';
import type { Context } from '../context.ts';
import { deadline } from '../deadline.ts';
import type { E164 } from '../otp/phone-number.ts';
import { publicKeys, signProof } from '../otp/proof.ts';
import { type Finding, failed, found, nameOf, ok, warning } from './finding.ts';
import { isOnCloudflare } from './host.ts';

const STORE_DEADLINE_MS = 3_000;
const KV_KEY = 'doctor';
/** A number that no country has (ITU-T E.164 assigns no code 999 yet): what its object keeps is nobody's. */
const NOBODY = '+999000000000' as E164;

export async function liveFindings(
  context: Context,
  clientNowMs: number | undefined,
): Promise<Finding[]> {
  const { service, runtime } = context;
  const nowMs = runtime.now();
  return Promise.all([
    kv(service.kv),
    does('phone_gate', 'to write to the object of a phone', 'PHONE_GATE', async () => {
      const grant = await (await service.gates(NOBODY)).grantMessage({}, nowMs);
      if (grant.kind === 'granted') await grant.settle('not_sent');
    }),
    ...(service.config.CLIENT_LIMITER === 'object'
      ? [
          does('client_gate', 'to write to the object of a client', 'CLIENT_GATE', async () =>
            (await service.clientLimits.send.take(NOBODY, nowMs)).release(),
          ),
        ]
      : []),
    guard(context),
    budgets(context),
    does('burst', 'to ask the shield against bursts', 'BURST', () => service.burst(NOBODY)),
    clock(context, clientNowMs),
    proof(context),
    turnstile(context),
    assets(context),
  ]);
}

/** Where a store is bound, and what else it may lack. */
const lookAt = (binding: string) =>
  isOnCloudflare
    ? `Look at ${binding} in wrangler.toml, what your plan lets be written, and the status of Cloudflare.`
    : 'Look at the file of --store, its rights and its disk.';

/** What answers at all has done it. */
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
  const tried = 'to write to KV and read it back';
  return found(
    'kv',
    tried,
    async () => {
      await deadline(store.put(KV_KEY, '1', { expirationTtl: 60 }), STORE_DEADLINE_MS);
      const value = await deadline(store.get(KV_KEY, 'json'), STORE_DEADLINE_MS);
      return value === 1
        ? ok('kv', tried, 'written and read')
        : warning(
            'kv',
            tried,
            'what was read is not what was written',
            'KV is slow: try again in a minute.',
          );
    },
    lookAt('OTP_KV'),
  );
}

function budgets({ service, runtime }: Context): Promise<Finding> {
  const tried = 'to write to the budgets, and how much of them is used';
  return found(
    'budgets',
    tried,
    async () => {
      const nowMs = runtime.now();
      await service.budgets.tryOut(nowMs);
      const all = await service.budgets.used(nowMs);
      const full = all.filter(({ used, count }) => used >= 0.8 * count);
      if (full.length === 0) return ok('budgets', tried, 'none is near its ceiling');
      const names = full.map(({ budget, used, count }) => `${budget} ${used}/${count}`).join(', ');
      return warning('budgets', tried, names, 'Look for an attack first; then raise LIMITS.');
    },
    lookAt('SEND_LEDGER'),
  );
}

async function clock({ runtime }: Context, clientNowMs: number | undefined): Promise<Finding> {
  const tried = 'the clock of the Worker beside yours';
  if (clientNowMs === undefined) return ok('clock', tried, 'yours was not told');
  const apartSeconds = Math.round(Math.abs(runtime.now() - clientNowMs) / 1000);
  if (apartSeconds <= 60) return ok('clock', tried, `${apartSeconds} s apart`);
  return warning(
    'clock',
    tried,
    `${apartSeconds} s apart`,
    'Set the clock of your machine: a server that checks proofs offline needs a right one.',
  );
}

function proof({ service, runtime }: Context): Promise<Finding> {
  const tried = 'to sign a proof and check it by the published keys';
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
      return ok('proof', tried, 'it holds');
    },
    'This is a fault of the product: tell its authors.',
  );
}

function turnstile({ service }: Context): Promise<Finding> {
  const tried = 'whether Turnstile takes the secret';
  return found(
    'turnstile',
    tried,
    async () => {
      const { turnstile: challenge, config } = service;
      if (!challenge) return ok('turnstile', tried, 'no challenge is set up');
      const reason = await challenge
        .check('no token of a visitor', config.PUBLIC_URL)
        .then(() => undefined, nameOf);
      // It refuses the token, and so it took the secret.
      if (reason === 'challenge_failed') return ok('turnstile', tried, 'it does');
      const mend =
        reason === 'misconfigured'
          ? 'Check TURNSTILE_SECRET.'
          : 'Check TURNSTILE_BASE_URL: every challenged send fails.';
      return failed('turnstile', tried, reason ?? 'it took a token that is none', mend);
    },
    'Check TURNSTILE_SECRET and TURNSTILE_BASE_URL.',
  );
}

function assets({ service }: Context): Promise<Finding> {
  const tried = 'whether the widget was deployed with the Worker';
  const mend = 'Build the widget, look at [assets] in wrangler.toml, and deploy again.';
  return found(
    'widget',
    tried,
    async () => {
      const url = new URL('/mitto-otp.js', service.config.PUBLIC_URL);
      const response = await service.assets.fetch(new Request(url));
      await response.body?.cancel();
      return response.ok
        ? ok('widget', tried, '/mitto-otp.js is there')
        : failed('widget', tried, `HTTP ${response.status}`, mend);
    },
    mend,
  );
}
