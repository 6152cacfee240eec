import * as fc from 'fast-check';

/** Fixes the seed of property-based tests, so that failures are reproducible. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261120 });
