import { describe, expect, it } from 'vitest';
import { dependencyProblems, type LockFile } from './check-dependencies.ts';

const lock = (packages: LockFile['packages']): LockFile => ({
  packages: { '': { dependencies: { router: '^6.0.0' } }, ...packages },
});
const DEPRECATED = { version: '6.0.0', deprecated: 'published by accident' };

describe('a lock file', () => {
  it('with releases alone › has no problem', () => {
    const packages = {
      'node_modules/router': {
        version: '6.0.0',
        optionalDependencies: { 'router-linux': '6.0.0' },
      },
      'node_modules/router-linux': { version: '6.0.0+build.1' },
    };
    expect(dependencyProblems(lock(packages), true)).toEqual([]);
  });

  it.each(['node_modules/router', 'node_modules/wrangler/node_modules/router'])(
    'with a deprecated package at %s › fails, and says what npm says',
    (path) => {
      expect(dependencyProblems(lock({ [path]: DEPRECATED }), true)).toEqual([
        'router@6.0.0 is deprecated: published by accident',
      ]);
    },
  );

  it('of a benchmark › answers for what it names itself, not for what a peer brings', () => {
    const brought = { 'node_modules/peer/node_modules/router': DEPRECATED };
    expect(dependencyProblems(lock(brought), false)).toEqual([]);
    expect(dependencyProblems(lock({ 'node_modules/router': DEPRECATED }), false)).toHaveLength(1);
  });

  it.each(['6.0.0-beta', '6.0.0-beta.2', '0.0.0-canary-1a2b', '6.1.0-rc.1', '7.0.0-next.3'])(
    'with a pre-release (%s) › fails',
    (version) => {
      for (const path of ['node_modules/router', 'node_modules/other'])
        expect(dependencyProblems(lock({ [path]: { version } }), true)).toEqual([
          expect.stringContaining('is a pre-release'),
        ]);
    },
  );

  it('with a pre-release that wrangler brings › fails once it is named here', () => {
    const version = '5.20261117.0-beta';
    const packages = { 'node_modules/miniflare': { version } };
    expect(dependencyProblems(lock(packages), true)).toEqual([]);
    const named = { '': { devDependencies: { miniflare: version } }, ...packages };
    expect(dependencyProblems({ packages: named }, true)).toHaveLength(1);
  });

  it('that lacks the package of one platform › fails', () => {
    const packages = {
      'node_modules/router': { version: '6.0.0', optionalDependencies: { 'router-mac': '6.0.0' } },
    };
    expect(dependencyProblems(lock(packages), true)).toEqual([
      'router@6.0.0 needs router-mac, which the lock file lacks',
    ]);
  });
});
