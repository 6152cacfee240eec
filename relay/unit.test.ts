/** The units that the documents give, read by systemd itself, where it is. */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ANALYZE = '/usr/bin/systemd-analyze';
const UNIT = 'mitto-otp-relay.service';
const HERE = import.meta.dirname;

/** The block of a document that has this line in it. */
function blockOf(document: string, line: string): string {
  const blocks = readFileSync(join(HERE, document), 'utf8').matchAll(/^```ini\n(.*?)^```$/gms);
  for (const [, block = ''] of blocks) if (block.includes(line)) return block;
  throw new Error(`${document} has no block with ${line}`);
}

function saysOf(unit: string): string {
  const { stdout, stderr } = spawnSync(ANALYZE, ['verify', unit], { encoding: 'utf8' });
  return stdout + stderr;
}

// It also looks whether there is a program at the path of the unit.
describe.runIf(existsSync(ANALYZE) && existsSync('/usr/bin/node'))('systemd takes', () => {
  it('the unit of the relay, alone and with its own certificate', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mitto-otp-unit-'));
    copyFileSync(join(HERE, UNIT), join(folder, UNIT));
    expect(saysOf(join(folder, UNIT))).toBe('');
    mkdirSync(join(folder, `${UNIT}.d`));
    const override = join(folder, `${UNIT}.d`, 'override.conf');
    writeFileSync(override, blockOf('README.md', 'RELAY_TLS_CERT_FILE'));
    expect(saysOf(join(folder, UNIT))).toBe('');
    writeFileSync(override, '[Service]\nPrivateUser=no\n');
    expect(saysOf(join(folder, UNIT))).toContain('PrivateUser');
  });

  it('the unit of the service', () => {
    const unit = join(mkdtempSync(join(tmpdir(), 'mitto-otp-unit-')), 'mitto-otp.service');
    writeFileSync(unit, blockOf('../docs/operations.md', 'mitto-otp/cli/bin.js serve'));
    expect(saysOf(unit)).toBe('');
  });
});
