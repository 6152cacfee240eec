import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from '@custom-elements-manifest/analyzer/index.js';
import { create } from '@custom-elements-manifest/analyzer/src/create.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import * as v from 'valibot';
import { AnalyzedSchema } from './analyzer-output.ts';
import { type Manifest, manifestOf, type Sources } from './manifest.ts';

const WIDGET = join(import.meta.dirname, '../../widget');
const STYLES = join(WIDGET, 'styles');

/** Every file that says something of the element: its events, its class and those that it extends. */
const ANALYZED = [
  'define.ts',
  'events.ts',
  'base/form-associated-element.ts',
  'base/hydrating-element.ts',
  'mitto-otp-element.ts',
];

export function analyze(): Manifest {
  // Not by its command line, which writes into package.json.
  const modules = ANALYZED.map((name) =>
    ts.createSourceFile(name, read(WIDGET, name), ts.ScriptTarget.Latest, true),
  );
  const analyzed = v.parse(AnalyzedSchema, create({ modules, plugins: litPlugin() }));
  return manifestOf(analyzed, readSources());
}

function readSources(): Sources {
  return {
    element: read(WIDGET, 'mitto-otp-element.ts'),
    styles: readdirSync(STYLES)
      .map((file) => read(STYLES, file))
      .join('\n'),
  };
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
