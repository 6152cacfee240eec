import type { TwilioClient } from '../../providers/twilio/client.ts';
import { sayTwiml } from '../../providers/twilio/twiml.ts';
import type { TextConnector } from './connector.ts';
import { toReadError, toSendError } from './map-provider-error.ts';
import { isMessagingService } from './sender-id.ts';

/** What Twilio takes at the most: four hours for every account, ten for newer ones. */
const MAX_VALIDITY_SECONDS = 14_400;

/** Twilio's Messages and Calls: it carries the text, we make and check the code. */
export function createTwilioConnector({ client }: { client: TwilioClient }): TextConnector {
  return {
    name: 'twilio',
    codes: 'ours',
    async sendText({ to, channel, from, text, language, callbackUrl, validMinutes }) {
      const result =
        channel === 'voice'
          ? await client.call({
              to,
              from,
              twiml: sayTwiml(text, language),
              statusCallback: callbackUrl,
            })
          : await client.sendMessage({
              to,
              from: isMessagingService(from) ? { messagingServiceSid: from } : { number: from },
              body: text,
              validitySeconds: Math.min(validMinutes * 60, MAX_VALIDITY_SECONDS),
              statusCallback: callbackUrl,
            });
      if (result.kind === 'accepted') return { kind: 'accepted', requestId: result.sid };
      return { kind: 'failed', reason: toSendError(result) };
    },
    // Twilio has no such call for plain messages.
    async reportUse() {},
    async checkCredentials() {
      const answers = await Promise.all(
        (['Messages', 'Calls'] as const).map((resource) => client.mayCreate(resource)),
      );
      const failures = answers.flatMap((answer) => (answer.kind === 'permitted' ? [] : [answer]));
      // A Restricted key may be for one of the two.
      const failure = failures.find(({ kind }) => kind !== 'unauthorized') ?? failures[1];
      if (failure) return { kind: 'failed', reason: toReadError(failure) };
      const [messages, calls] = answers.map(({ kind }) =>
        kind === 'permitted' ? 'may' : 'may not',
      );
      return { kind: 'accepted', detail: `it ${messages} send messages and ${calls} make calls` };
    },
  };
}
