import * as v from 'valibot';

/** The parts of Mitto's 2FA API, as faults and the record of calls name them. */
export const OperationSchema = v.picklist([
  'send',
  'verify',
  'cancel',
  'search',
  'usage',
  'limits',
  'workflows',
]);

export type Operation = v.InferOutput<typeof OperationSchema>;

/** How an OTP travels, in Mitto's words. */
export const MittoChannelSchema = v.picklist(['sms', 'call', 'email']);

export type MittoChannel = v.InferOutput<typeof MittoChannelSchema>;
