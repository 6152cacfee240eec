/**
 * Ends a publishing by hand that would leave links of the package's page without a target, or a version without a
 * heading: see .changeset/README.md.
 */
import { readFileSync } from 'node:fs';

const { repository, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  repository?: unknown;
  version: string;
};
const problems = [
  ...(repository ? [] : ['package.json names no repository']),
  ...(readFileSync('CHANGELOG.md', 'utf8').includes(`\n## ${version}`)
    ? []
    : [`CHANGELOG.md has no heading "## ${version}"`]),
];
for (const problem of problems) console.error(`Not to be published: ${problem}.`);
if (problems.length > 0) process.exitCode = 1;
