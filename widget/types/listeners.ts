import type { MittoOtpEventMap } from '../events.ts';

/** A listener for each event of the element, under the event's name with what a framework puts in front of it. */
export type MittoOtpListeners<Prefix extends string> = {
  [Type in keyof MittoOtpEventMap as `${Prefix}${Type}`]?:
    | ((event: MittoOtpEventMap[Type]) => void)
    | undefined;
};
