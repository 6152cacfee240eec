import type { Answer } from '../../envelope.ts';
import type { SandboxOptions } from '../../options.ts';

/** A list in the shape that the knob asks for. */
export function listAnswer(
  shape: SandboxOptions['listShape'],
  name: string,
  items: readonly unknown[],
): Answer {
  return { status: 200, content: shape === 'array' ? items : { [name]: items } };
}
