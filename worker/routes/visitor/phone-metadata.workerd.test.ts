import metadata from 'libphonenumber-js/max/metadata';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { PhoneMetadataSchema } from '../../../shared/phone-number/metadata.ts';
import { codeOf, SITE, startService } from '../../../test/support/worker/harness.ts';
import { cutToCallingCode } from '../../otp/country-metadata.ts';

const PATH = '/v1/phone-metadata';

describe('GET /v1/phone-metadata/{country}', () => {
  it('gives what the Worker itself judges the numbers of that calling code by', async () => {
    const service = startService({ settings: { ALLOWED_COUNTRIES: 'DE,US' } });
    for (const country of ['DE', 'US']) {
      const response = await service.get(`${PATH}/${country}`, { Origin: SITE });
      expect(response.status).toBe(200);
      const answer = v.parse(PhoneMetadataSchema, await response.json());
      expect(answer).toEqual(cutToCallingCode(country, metadata));
      expect(answer.countries[country]).toEqual(metadata.countries[country as 'DE' | 'US']);
    }
  });

  it('may be cached for a day, one copy per origin', async () => {
    const response = await startService().get(`${PATH}/DE`, { Origin: SITE });
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=86400');
    expect(response.headers.get('Vary')).toBe('Origin');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(SITE);
    expect(response.headers.get('Content-Type')).toBe('application/json');
  });

  it.each(['ES', 'XX', 'de', 'DEU', '%44E', 'constructor', '__proto__', '..%2Fconfig'])(
    'is not found for %s, which is not served, and nobody keeps that',
    async (country) => {
      const response = await startService().get(`${PATH}/${country}`, { Origin: SITE });
      expect(await codeOf(response)).toBe('not_found');
      expect(response.headers.get('Cache-Control')).toBe('no-store');
    },
  );

  it('is for listed sites alone, and for the pages of the Worker, which send no origin', async () => {
    const service = startService();
    const foreign = await service.get(`${PATH}/DE`, { Origin: 'https://evil.example' });
    expect(await codeOf(foreign)).toBe('origin_not_allowed');
    expect(foreign.headers.get('Cache-Control')).toBe('no-store');
    expect((await service.get(`${PATH}/DE`)).status).toBe(200);
  });

  it('costs no message and no write', async () => {
    const service = startService({
      bindings: {
        OTP_KV: null,
        PHONE_GATE: null,
        SEND_LEDGER: null,
        CLIENT_GATE: null,
      },
    });
    expect((await service.get(`${PATH}/DE`, { Origin: SITE })).status).toBe(200);
    expect(service.upstream()).toBe(0);
  });
});
