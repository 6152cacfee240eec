import type { SandboxOptions } from '../options.ts';
import type { MittoChannel } from './channel.ts';

/** The placeholder that Mitto replaces. */
export const CODE_PLACEHOLDER = '{code}';

/** What arrives of a body. A voice reads the digits one by one, or it would say a number of six digits. */
export function messageText(
  body: string,
  code: string,
  channel: MittoChannel,
  knobs: Pick<SandboxOptions, 'codeReplacement' | 'newlines'>,
): string {
  const shown = channel === 'call' ? [...code].join(', ') : code;
  const text =
    knobs.codeReplacement === 'every'
      ? body.replaceAll(CODE_PLACEHOLDER, shown)
      : body.replace(CODE_PLACEHOLDER, shown);
  return knobs.newlines === 'kept' ? text : text.replace(/\r\n|\r|\n/g, ' ');
}
