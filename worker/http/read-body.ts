/** A strict reader of request bodies: rejects everything that does not match the schema exactly. */
import * as v from 'valibot';
import { hasDuplicateKeys } from '../../shared/duplicate-keys.ts';
import { RequestError } from '../errors.ts';

/** The largest request of the API is a session and a challenge: some 3 kB. */
export const MAX_BODY_BYTES = 4096;

const JSON_TYPE = /^application\/json(\s*;\s*charset=("?)utf-8\2)?\s*$/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded(\s*;\s*charset=("?)utf-8\2)?\s*$/i;

/**
 * Reads a JSON body. Only `application/json` is taken, because a browser asks our leave (a preflight) before it
 * sends that from another site, and never before `text/plain` or a form.
 *
 * @param schema or which one it is for this body
 * @throws RequestError `media_type`, `body_too_large` or `body_malformed`
 */
export async function readJson<const Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema | ((body: unknown) => Schema),
): Promise<v.InferOutput<Schema>> {
  if (!JSON_TYPE.test(request.headers.get('Content-Type') ?? ''))
    throw new RequestError({ kind: 'media_type' });
  const body = parseJson(await readText(request));
  return parse(typeof schema === 'function' ? schema(body) : schema, body);
}

/** As `readJson`, for calls from servers, which may also come as a form. */
export async function readJsonOrForm<const Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  if (!FORM_TYPE.test(request.headers.get('Content-Type') ?? '')) return readJson(request, schema);
  const pairs = [...new URLSearchParams(await readText(request))];
  const names = pairs.map(([name]) => name);
  if (new Set(names).size !== names.length) throw malformed('a member stands twice');
  return parse(schema, Object.fromEntries(pairs));
}

export type CallbackBody =
  | { type: 'json'; value: unknown }
  | { type: 'form'; fields: URLSearchParams };

/** A provider may report several messages at once. */
const MAX_CALLBACK_BYTES = 65_536;

/**
 * Reads what a provider reports: JSON, a form, or the query of a GET, whatever the provider calls it. What is in it is
 * looked at member by member, so that a new one changes nothing.
 *
 * @throws RequestError `media_type`, `body_too_large` or `body_malformed`
 */
export async function readCallbackBody(request: Request): Promise<CallbackBody> {
  if (request.method !== 'POST') return { type: 'form', fields: new URL(request.url).searchParams };
  const text = await readText(request, MAX_CALLBACK_BYTES);
  if (/^\s*[[{]/.test(text)) return { type: 'json', value: parseJson(text) };
  return { type: 'form', fields: new URLSearchParams(text) };
}

async function readText(request: Request, maxBytes = MAX_BODY_BYTES): Promise<string> {
  // Nothing here decodes it (RFC 9110, 15.5.16): bytes that say they are compressed would be read as they are.
  if (!/^(identity)?$/i.test(request.headers.get('Content-Encoding')?.trim() ?? ''))
    throw new RequestError({ kind: 'media_type' });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      await readBytes(request, maxBytes),
    );
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw malformed('not UTF-8');
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<ArrayBuffer | Uint8Array> {
  const declared = request.headers.get('Content-Length');
  if (declared !== null) {
    if (Number(declared) > maxBytes) throw new RequestError({ kind: 'body_too_large' });
    // The server holds a body to its declared length, so there is no more of it than this.
    const bytes = await request.arrayBuffer();
    if (bytes.byteLength > maxBytes) throw new RequestError({ kind: 'body_too_large' });
    return bytes;
  }
  const bytes = new Uint8Array(maxBytes);
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    if (size + chunk.length > maxBytes) throw new RequestError({ kind: 'body_too_large' });
    bytes.set(chunk, size);
    size += chunk.length;
  }
  return bytes.subarray(0, size);
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('not JSON');
  }
  if (hasDuplicateKeys(text)) throw malformed('a member stands twice');
  return value;
}

function parse<const Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw malformed(wordsFor(parsed.issues[0]));
}

/** Names the field and the expected value; never the received value, nor an unknown field name. */
function wordsFor(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return 'a member that is not known';
  const path = v.getDotPath(issue);
  return path === null
    ? 'does not fit the schema'
    : `${path}: ${issue.expected ?? 'does not fit'} expected`;
}

function malformed(detail: string): RequestError {
  return new RequestError({ kind: 'body_malformed', detail });
}
