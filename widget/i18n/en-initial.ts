import type { InitialMessages } from './messages.ts';

export const enInitial: InitialMessages = {
  lang: 'en',
  dir: 'ltr',
  control: 'Phone number confirmation',
  required: 'Confirm your phone number first.',
  phoneLabel: 'Phone number',
  phoneHint: {
    sms: 'We’ll text you a code to confirm your number.',
    voice: 'We’ll call you and read out a code.',
  },
  send: 'Send code',
  sending: 'Sending the code…',
  notLoaded: 'Part of this form didn’t load. Check your connection and reload the page.',
};
