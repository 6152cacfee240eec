import * as v from 'valibot';

/** The parts of each emulated API, as faults, delivery reports and the record of calls name them. */
const OPERATIONS = {
  'mitto-2fa': ['send', 'verify', 'cancel', 'search', 'usage', 'limits', 'workflows'],
  'mitto-sms': ['sms', 'sms_converted'],
  twilio: ['twilio_message', 'twilio_call', 'twilio_account'],
} as const;

export type Provider = keyof typeof OPERATIONS;
export type Operation = (typeof OPERATIONS)[Provider][number];

export const ProviderSchema = v.picklist(['mitto-2fa', 'mitto-sms', 'twilio']);

export const OperationSchema = v.picklist([
  ...OPERATIONS['mitto-2fa'],
  ...OPERATIONS['mitto-sms'],
  ...OPERATIONS.twilio,
]);

/** One operation, all those of a provider, or all there are. */
export const ScopeSchema = v.picklist([
  ...OperationSchema.options,
  ...ProviderSchema.options,
  'any',
]);

export type Scope = v.InferOutput<typeof ScopeSchema>;

/** `null`, a path that no provider has, is in the scope `any` alone. */
export function isInScope(operation: Operation | null, scope: Scope): boolean {
  if (scope === 'any' || scope === operation) return true;
  const operations: Readonly<Record<string, readonly string[]>> = OPERATIONS;
  return operation !== null && (operations[scope]?.includes(operation) ?? false);
}
