/** One control of one promise, how to take it out, and the test that must notice. */
export interface Mutant {
  promise: `P${number}`;
  /** What the control does, in a few words. */
  control: string;
  file: string;
  /** Stands in the file exactly once. */
  was: string;
  /** What stands there without the control. */
  without: string;
  /** The file of the test, and enough of its name to find it. */
  test: readonly [file: string, name: string];
}
