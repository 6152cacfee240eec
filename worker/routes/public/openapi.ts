/** `GET /openapi.json`: the API as a machine reads it, made from the schemas that check the requests. */
import { json } from '../../http/responses.ts';
import { describeApi } from '../../openapi/document.ts';

/** Made at the first request: it does not change while an isolate lives. */
let document: object | undefined;

export function openapi(): Response {
  document ??= describeApi();
  return json(document, {
    headers: { 'Cache-Control': 'public, max-age=300', 'Access-Control-Allow-Origin': '*' },
  });
}
