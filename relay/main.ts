/** The relay as a program: `node main.ts`. Settings come from the environment; see README.md. */
import { Server as TlsServer } from 'node:tls';
import { createRelay, type Relay, readTls } from './relay.ts';
import { type RelaySettings, readSettings } from './settings.ts';

/** `EX_CONFIG` of `sysexits.h`: a restart does not fix it. */
const EXIT_CONFIG = 78;
/** Deadline for open requests at a shutdown. */
const SHUTDOWN_MS = 15_000;

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`mitto-otp-relay: ${line}\n`);

const read = readSettings(process.env);
if (read.ok) start(read.settings);
else {
  for (const problem of read.problems) complain(problem);
  process.exitCode = EXIT_CONFIG;
}

function start(settings: RelaySettings): void {
  try {
    serve(
      createRelay(settings, { now: Date.now, monotonic: () => performance.now(), log: say }),
      settings,
    );
  } catch (error) {
    complain(`RELAY_TLS_CERT_FILE and RELAY_TLS_KEY_FILE cannot be used: ${messageOf(error)}`);
    process.exitCode = EXIT_CONFIG;
  }
}

function serve(relay: Relay, { host, port, tls }: RelaySettings): void {
  const { server } = relay;
  server.once('error', (error) => {
    complain(error.message);
    process.exit(1);
  });
  server.listen(port, host, () => {
    const address = server.address();
    const boundPort = typeof address === 'object' && address !== null ? address.port : port;
    const authority = `${host.includes(':') ? `[${host}]` : host}:${boundPort}`;
    say(`mitto-otp-relay listens on ${tls ? 'https' : 'http'}://${authority}`);
  });

  process.on('SIGHUP', () => {
    if (!tls || !(server instanceof TlsServer)) return;
    try {
      server.setSecureContext(readTls(tls));
      say('mitto-otp-relay has read its certificate again');
    } catch (error) {
      // Continue with the previous certificate.
      complain(`the certificate was not read: ${messageOf(error)}`);
    }
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
      relay.close().then(() => process.exit(0));
    });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
