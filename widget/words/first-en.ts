import type { FirstWords } from './words.ts';

export const firstEn: FirstWords = {
  lang: 'en',
  dir: 'ltr',
  control: 'Phone number confirmation',
  required: 'Confirm your phone number first.',
  phoneLabel: 'Phone number',
  phoneHint: {
    sms: 'We will text you a code to confirm it.',
    voice: 'We will call you and read out a code.',
  },
  send: 'Send code',
  sending: 'Sending the code…',
  notLoaded: 'A part of this form did not load. Check your connection and reload the page.',
};
