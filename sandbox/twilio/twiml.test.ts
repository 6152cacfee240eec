import { describe, expect, it } from 'vitest';
import { TwilioRefusal } from './errors.ts';
import { readTwiml } from './twiml.ts';

describe('what is heard of TwiML', () => {
  it('is each <Say>, a line each, in a voice and a language', () => {
    expect(
      readTwiml(`<?xml version="1.0" encoding="UTF-8"?>
        <Response>
          <Pause length="1"/>
          <Say voice="Polly.Marlene" language="de-DE" loop="2">Ihr Code
            ist 1, 2, 3, 4.</Say>
          <Say voice="Polly.Marlene" language="de-DE" loop="2">Tom &amp; Co</Say>
        </Response>`),
    ).toEqual({
      text: 'Ihr Code ist 1, 2, 3, 4.\nTom & Co',
      voice: 'Polly.Marlene',
      language: 'de-DE',
      repeat: 2,
    });
  });

  it('has a voice and a language of its own, and is said once', () => {
    expect(readTwiml('<Response><Say>Hello</Say></Response>')).toEqual({
      text: 'Hello',
      voice: 'man',
      language: 'en-US',
      repeat: 1,
    });
  });

  it.each([
    ['<say-as interpret-as="digits">1234</say-as>', '1, 2, 3, 4'],
    ['<say-as interpret-as="date">1234</say-as>', '1234'],
    ['1<break strength="strong"/>2', '1, 2'],
    ['<prosody rate="slow">1 2 <emphasis>3</emphasis></prosody>', '1 2 3'],
  ])('obeys SSML: %s', (ssml, text) => {
    expect(readTwiml(`<Response><Say>${ssml}</Say></Response>`).text).toBe(text);
  });

  it('may be nothing', () => {
    expect(readTwiml('<Response><Hangup/></Response>').text).toBe('');
  });

  it.each([
    'Your code is 1234',
    '<Say>Your code is 1234</Say>',
    '<response><Say>x</Say></response>',
    '<Response><Say>Tom & Co</Say></Response>',
    '<Response><Say>x</Response></Say>',
  ])('is a document of its own kind, or 12100: %s', (twiml) => {
    expect(() => readTwiml(twiml)).toThrow(TwilioRefusal);
    expect(() => readTwiml(twiml)).toThrow(/^Document parse failure/);
  });
});
