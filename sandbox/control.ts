/**
 * The control surface, `/_sandbox/`: what the demo page and the end-to-end tests read and turn. It asks for no
 * key, because the sandbox is served on loopback alone; so that no web page that a developer happens to have open
 * can read or turn it either, a browser is answered for pages of loopback only.
 */
import * as v from 'valibot';
import type { CallLog } from './call-log.ts';
import { AskedReportSchema, type DeliveryReports, isLoopback } from './delivery-reports.ts';
import { type Answer, RequestError, toResponse } from './envelope.ts';
import type { Inbox } from './inbox.ts';
import { OperationSchema, ProviderSchema } from './operation.ts';
import type { OptionStore } from './options.ts';
import { parseRequestBody, readFields } from './request-body.ts';

export const CONTROL_PREFIX = '/_sandbox/';

/** What of the sandbox is in reach. */
export interface Control {
  readonly inbox: Inbox;
  readonly calls: CallLog;
  readonly reports: DeliveryReports;
  readonly knobs: OptionStore;
  reset(): void;
}

type Handler = (control: Control, request: Request, query: object) => Answer | Promise<Answer>;

const After = v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)));

const InboxQuerySchema = v.object({
  // A plus that was not escaped in the query is a space.
  to: v.optional(v.pipe(v.string(), v.trim())),
  after: After,
});
const CallsQuerySchema = v.object({
  operation: v.optional(OperationSchema),
  provider: v.optional(ProviderSchema),
  after: After,
});
const ReportsQuerySchema = v.object({ after: After });

const ROUTES: ReadonlyMap<string, ReadonlyMap<string, Handler>> = new Map([
  ['inbox', new Map([['GET', readInbox]])],
  ['calls', new Map([['GET', readCalls]])],
  [
    'reports',
    new Map<string, Handler>([
      ['GET', readReports],
      ['POST', sendReport],
    ]),
  ],
  [
    'knobs',
    new Map<string, Handler>([
      ['GET', readKnobs],
      ['PATCH', patchKnobs],
      ['PUT', replaceKnobs],
    ]),
  ],
  ['reset', new Map([['POST', reset]])],
]);

export async function answerControl(control: Control, request: Request): Promise<Response> {
  const origin = request.headers.get('Origin');
  const isForeign = origin !== null && !isLoopback(origin);
  if (isForeign) return toResponse(new RequestError(403, 'Pages of loopback only').answer);

  const response = await answerTrusted(control, request);
  response.headers.set('Cache-Control', 'no-store');
  response.headers.set('Vary', 'Origin');
  if (origin !== null) response.headers.set('Access-Control-Allow-Origin', origin);
  return response;
}

async function answerTrusted(control: Control, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const methods = ROUTES.get(url.pathname.slice(CONTROL_PREFIX.length));
  if (!methods) return toResponse(new RequestError(404, 'Not found').answer);
  const allow = [...methods.keys()].join(', ');
  if (request.method === 'OPTIONS')
    return new Response(null, {
      status: 204,
      headers: {
        'Access-Control-Allow-Methods': allow,
        'Access-Control-Allow-Headers': 'Content-Type',
      },
    });
  try {
    const handler = methods.get(request.method);
    if (!handler) throw new RequestError(405, 'Method not allowed', { Allow: allow });
    return toResponse(await handler(control, request, Object.fromEntries(url.searchParams)));
  } catch (error) {
    if (error instanceof RequestError) return toResponse(error.answer);
    throw error;
  }
}

/** `GET /_sandbox/inbox?to=&after=` */
function readInbox({ inbox }: Control, _request: Request, query: object): Answer {
  return { status: 200, content: { messages: inbox.list(readFields(InboxQuerySchema, query)) } };
}

/** `GET /_sandbox/calls?operation=&provider=&after=` */
function readCalls({ calls }: Control, _request: Request, query: object): Answer {
  return { status: 200, content: { calls: calls.list(readFields(CallsQuerySchema, query)) } };
}

/** `GET /_sandbox/reports?after=`: those that went out */
function readReports({ reports }: Control, _request: Request, query: object): Answer {
  return { status: 200, content: { reports: reports.list(readFields(ReportsQuerySchema, query)) } };
}

/** `POST /_sandbox/reports`: tells of a message, and answers when its callback URL has */
async function sendReport({ reports }: Control, request: Request): Promise<Answer> {
  const asked = readFields(AskedReportSchema, await readBody(request));
  return { status: 200, content: { reports: await reports.send(asked) } };
}

function readKnobs({ knobs }: Control): Answer {
  return { status: 200, content: { ...knobs.current } };
}

async function patchKnobs(control: Control, request: Request): Promise<Answer> {
  control.knobs.patch(await readBody(request));
  return readKnobs(control);
}

async function replaceKnobs(control: Control, request: Request): Promise<Answer> {
  control.knobs.replace(await readBody(request));
  return readKnobs(control);
}

function reset(control: Control): Answer {
  control.reset();
  return { status: 200, content: { code: 200, message: 'OK' } };
}

async function readBody(request: Request) {
  return parseRequestBody(await request.text(), request.headers.get('Content-Type'));
}
