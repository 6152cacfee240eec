/**
 * The sandbox on a port of this machine. As a script: `node sandbox/serve.ts --port 8799`.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { toRequest, writeResponse } from '../worker/hosts/node/fetch-adapter.ts';
import { BrokenConnection } from './delays.ts';
import {
  createProviderSandbox,
  type ProviderSandbox,
  type ProviderSandboxOptions,
} from './provider-sandbox.ts';

export interface ServeOptions extends ProviderSandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Loopback alone: the control surface asks for no key. */
  host?: '127.0.0.1' | '::1';
}

export interface ServedSandbox {
  /** Without a slash at the end. */
  readonly url: string;
  readonly sandbox: ProviderSandbox;
  /** Breaks off the calls under way, and the reports that wait for their time. */
  close(): Promise<void>;
}

export async function serveMittoSandbox(options: ServeOptions = {}): Promise<ServedSandbox> {
  const { port = 0, host = '127.0.0.1', ...sandboxOptions } = options;
  const sandbox = createProviderSandbox(sandboxOptions);
  const authority = host === '::1' ? '[::1]' : host;

  const server = createServer(async (incoming, outgoing) => {
    try {
      const request = await toRequest(incoming, outgoing, { origin: `http://${authority}` });
      await writeResponse(outgoing, await sandbox.fetch(request));
    } catch (error) {
      // The caller is gone, or is to see a lost connection. Anything else is a fault of the sandbox's own.
      if (outgoing.closed || error instanceof BrokenConnection) outgoing.destroy();
      else outgoing.writeHead(500).end(String(error));
    }
  });
  // A caller that keeps its connections would now and then send into one that is just being closed here, and could
  // not tell that from a lost answer.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;

  return {
    url: `http://${authority}:${boundPort}`,
    sandbox,
    close: () =>
      new Promise((resolve) => {
        sandbox.reports.breakOff();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8799' } } });
  const { url, sandbox } = await serveMittoSandbox({ port: Number(values.port) });
  const { accountId, apiKey, smsApiKey, twilio } = sandbox;
  process.stdout.write(
    [
      `Mitto sandbox on ${url}`,
      `2FA     account ${accountId}  key ${apiKey}`,
      `SMS     key ${smsApiKey}`,
      `Twilio  account ${twilio.accountSid}  token ${twilio.authToken}`,
      `        API key ${twilio.apiKeySid}  secret ${twilio.apiKeySecret}`,
      '',
    ].join('\n'),
  );
}
