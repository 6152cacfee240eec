import type { Reporter, TestResult, TestSession, TestSuiteResult } from '@web/test-runner';

type Title = string;

/** Ends a run with a line for each browser and every failure once more: the end is what one sees of a long log. */
export function summaryReporter(): Reporter {
  return {
    stop({ sessions }) {
      const browsers = Map.groupBy(sessions, ({ browser }) => browser.name);
      const lines = [...browsers].map(([name, ofOne]) => `${name}: ${countsOf(ofOne)}`);
      process.stdout.write(`\n${[...lines, ...sessions.flatMap(failuresOf)].join('\n')}\n`);
    },
  };
}

function countsOf(sessions: readonly TestSession[]): string {
  const tests = sessions.flatMap(({ testResults }) => testsOf(testResults));
  const failed = tests.filter(([, test]) => isFailure(test)).length;
  return `${sessions.length} files, ${tests.length} tests, ${failed} failed`;
}

function failuresOf(session: TestSession): string[] {
  const where = `\nFailed in ${session.browser.name}: ${session.testFile}`;
  const ofTests = testsOf(session.testResults)
    .filter(([, test]) => isFailure(test))
    .map(([title, { error }]) => [where, title, error?.message, error?.stack]);
  const ofFile = session.errors.map(({ message, stack }) => [where, message, stack]);
  return [...ofFile, ...ofTests].map((lines) => lines.filter(Boolean).join('\n  '));
}

const isFailure = ({ passed, skipped }: TestResult): boolean => !passed && !skipped;

function testsOf(
  suite: TestSuiteResult | undefined,
  above: readonly string[] = [],
): [Title, TestResult][] {
  if (!suite) return [];
  const path = suite.name ? [...above, suite.name] : above;
  return [
    ...suite.tests.map((test): [Title, TestResult] => [[...path, test.name].join(' › '), test]),
    ...suite.suites.flatMap((inner) => testsOf(inner, path)),
  ];
}
