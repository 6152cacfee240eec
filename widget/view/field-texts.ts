import type { Channel } from '../../shared/api/channel.ts';
import type { FieldDescription } from '../base/slotted-input.ts';
import { challengeOf } from '../challenge/run-challenge.ts';
import type { FlowState } from '../flow/state.ts';
import type { Messages } from '../i18n/messages.ts';
import { codeHint } from './code-hint.ts';
import { errorText, isInputInvalid, isUndelivered, notDelivered } from './error-text.ts';

export interface FieldsView {
  state: FlowState;
  words: Messages;
  now: number;
  /** Available channels, the default first. */
  ways: readonly Channel[];
  required: boolean;
  disabled: boolean;
  /** The validation message of the last submit attempt. */
  missed: string;
}

/** There was a proof, it no longer holds, and it could not be renewed. */
export function isExpired(state: FlowState): boolean {
  return state.step === 'verified' && state.expired;
}

/** The texts around the two inputs in each state. */
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
      // An ended session needs no code.
      hint: isCode && state.session ? codeHint(words.codeHint, state, words) : '',
      error: isCode ? error : '',
      readOnly: isOut || (isCode && !state.session),
    },
  };
}

function errorOf({ state, words, now, ways, missed }: FieldsView): string {
  if (state.problem) return errorText(state.problem, state, words, now, ways);
  if (isExpired(state)) return words.proofExpired;
  if (isUndelivered(state)) return notDelivered(ways, words);
  return missed;
}
