import type { Channel } from '../shared/channel.ts';
import { challengeOf } from './challenge.ts';
import { describedCode } from './described-code.ts';
import type { FlowState } from './flow-state.ts';
import { isInputInvalid, isUndelivered, notDelivered, problemInWords } from './problem-words.ts';
import type { FieldDescription } from './slotted-field.ts';
import type { Words } from './words/words.ts';

export interface FieldsView {
  state: FlowState;
  words: Words;
  now: number;
  /** How a code may travel, the usual way first. */
  ways: readonly Channel[];
  required: boolean;
  disabled: boolean;
  /** What the control has said to a form that was to be sent. */
  missed: string;
}

/** There was a proof, it no longer holds, and it could not be renewed. */
export function isExpired(state: FlowState): boolean {
  return state.step === 'verified' && state.expired;
}

/** What stands around the two inputs in each state. */
export function fieldDescriptions(view: FieldsView): {
  phone: FieldDescription;
  code: FieldDescription;
} {
  const { state, words, required, disabled, missed } = view;
  const error = errorOf(view);
  const phoneHint =
    state.step === 'verified' ? words.verified : words.phoneHint[view.ways[0] ?? 'sms'];
  const isCode = state.step === 'code';
  const isOut = state.busy !== null && !challengeOf(state);
  const common = {
    // Of a number that was confirmed nothing is wrong.
    isInvalid: isInputInvalid(state) || (missed !== '' && !isExpired(state)),
    lang: words.lang,
    required,
    disabled,
  };
  return {
    phone: {
      ...common,
      label: words.phoneLabel,
      // Takes turns with the error, so that nothing below moves.
      hint: error ? '' : phoneHint,
      error: isCode ? '' : error,
      readOnly: isOut || state.step === 'verified',
    },
    code: {
      ...common,
      label: words.codeLabel,
      // Of a session that is over no code is asked for.
      hint: isCode && state.session ? describedCode(words.codeHint, state, words) : '',
      error: isCode ? error : '',
      readOnly: isOut || (isCode && !state.session),
    },
  };
}

function errorOf({ state, words, now, ways, missed }: FieldsView): string {
  if (state.problem) return problemInWords(state.problem, state, words, now, ways);
  if (isExpired(state)) return words.proofExpired;
  if (isUndelivered(state)) return notDelivered(ways, words);
  return missed;
}
