/** The files of the npm package (`node --run build:npm`), by the names that its users import. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);

/** What a fresh Node, which has no DOM, makes of a module. */
async function inNode(module: string): Promise<unknown> {
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', module]);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('in Node, where there is no DOM', () => {
  it('the class can be imported, and registers nothing', async () => {
    expect(
      await inNode(`
        const { MittoOtpElement, MittoVerifiedEvent } = await import('mitto-otp/element');
        const { formAssociated } = MittoOtpElement;
        const proof = new MittoVerifiedEvent('the proof').proof;
        const isDefined = Boolean(customElements.get('mitto-otp'));
        console.log(JSON.stringify({ formAssociated, proof, isDefined }));
      `),
    ).toEqual({ formAssociated: true, proof: 'the proof', isDefined: false });
  });

  it('the element can be registered, and a second copy leaves it as it is', async () => {
    expect(
      await inNode(`
        const { MittoOtpElement } = await import('mitto-otp');
        const copy = await import(import.meta.resolve('mitto-otp') + '?copy');
        const isFirst = customElements.get('mitto-otp') === MittoOtpElement;
        console.log(JSON.stringify({ isFirst, names: Object.keys(copy).sort() }));
      `),
    ).toEqual({
      isFirst: true,
      names: [
        'MittoErrorEvent',
        'MittoExpiredEvent',
        'MittoOtpElement',
        'MittoResetEvent',
        'MittoSentEvent',
        'MittoVerifiedEvent',
        'defineLanguage',
      ],
    });
  });

  it('nothing is registered where nothing can be', async () => {
    expect(
      await inNode(`
        await import('lit');
        delete globalThis.customElements;
        console.log(JSON.stringify(typeof (await import('mitto-otp')).MittoOtpElement));
      `),
    ).toBe('function');
  });

  it('the client and the check of the proof come without the element', async () => {
    expect(
      await inNode(`
        await Promise.all([import('mitto-otp/client'), import('mitto-otp/server')]);
        console.log(JSON.stringify(typeof customElements));
      `),
    ).toBe('undefined');
  });

  it('the class can be bundled into a script that is no module, and knows no address of its own', async () => {
    const bundles = await build({
      configFile: false,
      publicDir: false,
      logLevel: 'error',
      resolve: { conditions: ['node'] },
      build: {
        write: false,
        lib: { entry: 'widget/mitto-otp-element.ts', formats: ['iife'], name: 'bundled' },
        rolldownOptions: { output: { codeSplitting: false } },
      },
    });
    const [bundle] = [bundles].flat();
    const [file] = bundle && 'output' in bundle ? bundle.output : [];
    expect(file?.code).not.toContain('import.meta');
    new Script(file?.code ?? '').runInThisContext();
    expect(globalThis).toHaveProperty('bundled.MittoOtpElement.formAssociated', true);
  });
});
