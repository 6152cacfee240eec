import * as v from 'valibot';

/** How a code travels: a text message, or a call that reads it out. */
export const ChannelSchema = v.picklist(['sms', 'voice']);

export type Channel = v.InferOutput<typeof ChannelSchema>;
