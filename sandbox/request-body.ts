/** From the bytes of a request to its fields, whichever of the two notations it came in. */
import * as v from 'valibot';
import { RequestError } from './envelope.ts';

/** Far more than any call of this API needs. */
const MAX_BODY_CHARACTERS = 64 * 1024;

/** A form cannot nest; these fields may be written in it as a JSON string. */
const STRUCTURED_FIELDS: ReadonlySet<string> = new Set(['limits', 'buckets', 'channels']);

const FORM = 'application/x-www-form-urlencoded';

/** `limits[limit_on_ip]` */
const NESTED_NAME = /^([^[\]]+)\[([^[\]]+)\]$/;

export type Fields = Readonly<Record<string, unknown>>;

/** @throws RequestError */
export function parseRequestBody(text: string, contentType: string | null): Fields {
  return mediaTypeOf(contentType) === FORM ? parseNestedForm(text) : parseJson(text, contentType);
}

/** @throws RequestError */
export function parseJson(text: string, contentType: string | null): Fields {
  refuseLargeBody(text);
  if (mediaTypeOf(contentType) !== 'application/json')
    throw new RequestError(415, 'The body has to be JSON, or a form where one is taken');
  return parseJsonFields(text);
}

/** A name that comes more than once has a list. No fields in a body that is no form: as Twilio reads it. */
export function parseFlatForm(text: string, contentType: string | null): Fields {
  refuseLargeBody(text);
  if (mediaTypeOf(contentType) !== FORM) return {};
  const form = new URLSearchParams(text);
  const fields = [...new Set(form.keys())].map((name) => {
    const values = form.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  return Object.fromEntries(fields);
}

/**
 * The fields that a schema asks for; a member that it does not know is passed over, as a caller may be told by
 * Mitto to send more than is published.
 *
 * @throws RequestError that names the first field at fault.
 */
export function readFields<Schema extends v.GenericSchema>(
  schema: Schema,
  fields: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, fields, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw new RequestError(400, describeIssue(parsed.issues[0]));
}

/** `to: Invalid format` */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}

function parseJsonFields(text: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new RequestError(400, 'The body is not JSON');
  }
  if (!isFields(parsed)) throw new RequestError(400, 'The body has to be a JSON object');
  return parsed;
}

function mediaTypeOf(contentType: string | null): string {
  return contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
}

function refuseLargeBody(text: string): void {
  if (text.length > MAX_BODY_CHARACTERS) throw new RequestError(413, 'The body is too large');
}

function parseNestedForm(text: string): Fields {
  refuseLargeBody(text);
  const flat = new Map<string, unknown>();
  const nested = new Map<string, Map<string, string>>();
  for (const [name, value] of new URLSearchParams(text)) {
    const [, outer, inner] = NESTED_NAME.exec(name) ?? [];
    if (outer !== undefined && inner !== undefined) {
      const members = nested.get(outer) ?? new Map<string, string>();
      nested.set(outer, members.set(inner, value));
    } else {
      flat.set(name, STRUCTURED_FIELDS.has(name) ? parseStructured(name, value) : value);
    }
  }
  for (const [name, members] of nested) flat.set(name, Object.fromEntries(members));
  return Object.fromEntries(flat);
}

function parseStructured(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new RequestError(400, `${name}: not JSON`);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
