import * as v from 'valibot';

/** The channel of a code: a text message, or a call that reads it out. */
export const ChannelSchema = v.picklist(['sms', 'voice']);

export type Channel = v.InferOutput<typeof ChannelSchema>;
