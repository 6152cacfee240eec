import * as v from 'valibot';

/** How an OTP travels, in Mitto's words. */
export const MittoChannelSchema = v.picklist(['sms', 'call', 'email']);

export type MittoChannel = v.InferOutput<typeof MittoChannelSchema>;
