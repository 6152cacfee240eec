#!/usr/bin/env node
// In a clone the sources run as they are, because nothing may be built yet; the package ships without them.
import { existsSync } from 'node:fs';

const source = new URL('./main.ts', import.meta.url);
const built = new URL('../dist/npm/cli/main.js', import.meta.url);
await import(existsSync(source) ? source : built);
