import type { PhoneState } from './state.ts';

/** Where every flow begins. Apart from the flow itself, which is loaded only when a visitor may begin. */
export const INITIAL_STATE: PhoneState = { step: 'phone', busy: null, problem: null };
