/**
 * Cloudflare Turnstile on loopback, as far as a site meets it: the script with its API, the frame in which it works and
 * asks, and siteverify, which takes each token once. The frame has an origin of its own, so that a page's policy has
 * to allow it as it has to allow the real one.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Turnstile, TurnstileOptions } from '../../../widget/challenge/turnstile-loader.ts';
import { toRequest, writeResponse } from '../../../worker/hosts/node/fetch-adapter.ts';
import { createFakeTurnstile } from '../../support/worker/fake-turnstile.ts';

export interface ServedTurnstile {
  url: string;
  /** Whether the next challenges ask for a click. */
  asks: boolean;
  /** Paths, in the order in which they were asked for. */
  readonly requests: string[];
  /** Tokens that were brought to siteverify. */
  readonly tokens: readonly unknown[];
  close(): void;
}

export async function serveTurnstile(): Promise<ServedTurnstile> {
  const standIn = createFakeTurnstile();
  const served = {
    url: '',
    asks: false,
    requests: [] as string[],
    tokens: standIn.calls,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    served.requests.push(pathname);
    const script = { 'Content-Type': 'text/javascript' };
    switch (pathname) {
      case '/turnstile/v0/api.js':
        return new Response(`(${api})()`, { headers: script });
      case '/turnstile/v0/siteverify':
        return standIn.fetch(request);
      case '/frame':
        return new Response(framePage(served.asks), { headers: { 'Content-Type': 'text/html' } });
      case '/token':
        return new Response(
          standIn.token({
            action: searchParams.get('action') ?? '',
            hostname: searchParams.get('hostname') ?? '',
          }),
        );
      default:
        return new Response(null, { status: 404 });
    }
  }

  const server = createServer(async (incoming, outgoing) => {
    await writeResponse(
      outgoing,
      await answer(await toRequest(incoming, outgoing, { origin: served.url })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  served.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return served;
}

/** Runs in the page, so it may use nothing from outside itself. */
function api(): void {
  const { origin, search } = new URL((document.currentScript as HTMLScriptElement).src);
  if (search !== '?render=explicit') throw new Error('This one renders nothing by itself');
  const frames = new Map<string, HTMLIFrameElement>();
  const turnstile: Turnstile = {
    render(container: HTMLElement, options: TurnstileOptions) {
      const id = `cf-chl-widget-${frames.size}`;
      const frame = document.createElement('iframe');
      frame.title = 'Widget containing a challenge';
      frame.src = `${origin}/frame?action=${options.action}`;
      frame.style.width = '0';
      frame.style.height = '0';
      frame.style.border = '0';
      window.addEventListener('message', ({ source, data }) => {
        if (source !== frame.contentWindow || source === null) return;
        if (data.token) options.callback(data.token);
        if (!data.isInteractive) return;
        options['before-interactive-callback']();
        frame.style.width = '100%';
        frame.style.height = '65px';
      });
      const place = document.createElement('div');
      place.attachShadow({ mode: 'closed' }).append(frame);
      container.append(place);
      frames.set(id, frame);
      return id;
    },
    remove(id: string) {
      const frame = frames.get(id);
      if (frame?.isConnected) (frame.getRootNode() as ShadowRoot).host.remove();
    },
  };
  window.turnstile = turnstile;
}

function framePage(asks: boolean): string {
  return `<!doctype html>
    <html lang="en">
      <title>A challenge</title>
      <label hidden><input type="checkbox" /> Verify you are human</label>
      <script>
        const [page] = location.ancestorOrigins;
        const action = new URLSearchParams(location.search).get('action');
        async function pass() {
          const query = new URLSearchParams({ action, hostname: new URL(page).hostname });
          const token = await (await fetch('/token?' + query)).text();
          parent.postMessage({ token }, page);
        }
        if (${asks}) {
          const label = document.querySelector('label');
          label.hidden = false;
          label.addEventListener('change', pass);
          parent.postMessage({ isInteractive: true }, page);
        } else pass();
      </script>
    </html>`;
}
