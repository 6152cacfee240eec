/** Lines of the log that belong to no request. What they say is ours alone: no address, key or value. */
export interface Notice {
  level: 'warn' | 'error';
  says: string;
}

export type Log = (line: string) => void;

export const toStandardOutput: Log = (line) => void process.stdout.write(`${line}\n`);

export function writeNotice(log: Log, notice: Notice & { cause?: string }): void {
  log(JSON.stringify({ at: new Date().toISOString(), ...notice }));
}
