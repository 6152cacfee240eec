/** What has to be tried: stores, keys, providers. Nothing is sent to anybody. */
import { verifyProof } from '../../shared/verify-proof.ts';
import type { KeyValueStore } from '../bindings.ts';
import { failureIn } from '../connectors/connector-test.ts';
import type { Context } from '../context.ts';
import { deadline } from '../deadline.ts';
import type { E164 } from '../otp/phone-number.ts';
import { publicKeys, signProof } from '../otp/proof.ts';
import { Refusal } from '../reason.ts';
import { type Finding, failed, found, ok, warning } from './finding.ts';

const STORE_DEADLINE_MS = 3_000;
const KV_KEY = 'doctor';
/** A number that no country has (ITU-T E.164 assigns no code 999 yet): its object is asked for nothing. */
const NOBODY = '+999000000000' as E164;

export async function liveFindings(
  context: Context,
  clientNowMs: number | undefined,
): Promise<Finding[]> {
  const groups = await Promise.all([
    kv(context.service.kv),
    phoneGate(context),
    ledger(context),
    clock(context, clientNowMs),
    proof(context),
    turnstile(context),
    assets(context),
  ]);
  return [...groups, ...(await connectors(context))];
}

function kv(store: KeyValueStore): Promise<Finding> {
  const tried = 'to write to KV and read it back';
  const mend = 'Look at the binding OTP_KV in wrangler.toml and at the status of Cloudflare.';
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
    mend,
  );
}

function phoneGate({ service }: Context): Promise<Finding> {
  const tried = 'to reach a Durable Object of phones';
  return found(
    'phone_gate',
    tried,
    async () => {
      await (await service.gates(NOBODY)).messages();
      return ok('phone_gate', tried, 'reached');
    },
    'Look at the binding PHONE_GATE and the migrations in wrangler.toml.',
  );
}

function ledger({ service, runtime }: Context): Promise<Finding> {
  const tried = 'how much of the budgets is used';
  return found(
    'budgets',
    tried,
    async () => {
      const budgets = await service.budgets.used(runtime.now());
      const full = budgets.filter(({ used, count }) => used >= 0.8 * count);
      if (full.length === 0) return ok('budgets', tried, 'none is near its ceiling');
      const names = full.map(({ budget, used, count }) => `${budget} ${used}/${count}`).join(', ');
      return warning('budgets', tried, names, 'Look for an attack first; then raise LIMITS.');
    },
    'Look at the binding SEND_LEDGER and the migrations in wrangler.toml.',
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
        .then(() => undefined, reasonOf);
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

function reasonOf(error: unknown): string {
  return error instanceof Refusal ? error.reason.kind : 'no answer';
}

function assets({ service }: Context): Promise<Finding> {
  const tried = 'whether the widget was deployed with the Worker';
  return found(
    'widget',
    tried,
    async () => {
      const url = new URL('/mitto-otp.js', service.config.PUBLIC_URL);
      const response = await service.assets.fetch(new Request(url));
      await response.body?.cancel();
      return response.ok
        ? ok('widget', tried, '/mitto-otp.js is there')
        : failed(
            'widget',
            tried,
            `HTTP ${response.status}`,
            'Deploy with `npm run deploy`, which builds it.',
          );
    },
    'Look at [assets] in wrangler.toml.',
  );
}

function connectors({ service }: Context): Promise<Finding[]> {
  return Promise.all(
    [...service.connectors.values()].map((connector) => {
      const check = `connector.${connector.name}`;
      const tried = `the credentials of ${connector.name}, by a call that sends nothing`;
      return found(
        check,
        tried,
        async () => {
          const answer = await connector.checkCredentials();
          if (answer.kind === 'accepted') return ok(check, tried, answer.detail);
          const { detail, mend = 'See docs/connectors.' } = failureIn(
            connector.name,
            answer.reason,
          );
          return failed(check, tried, detail, mend);
        },
        'See docs/connectors.',
      );
    }),
  );
}
