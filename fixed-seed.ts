import * as fc from 'fast-check';

/** What is drawn at random is drawn alike each time, so that a failure repeats. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261120 });
