/** `GET /openapi.json`: the API as a machine reads it, made from the schemas that check the requests. */
import { json } from '../http/responses.ts';
import { describeApi } from '../openapi.ts';

export function openapi(): Response {
  return json(describeApi(), {
    headers: { 'Cache-Control': 'public, max-age=300', 'Access-Control-Allow-Origin': '*' },
  });
}
