/** Warns the page's developer in the browser console. */
export function warn(fault: string): void {
  // biome-ignore lint/suspicious/noConsole: see above
  console.warn(`<mitto-otp> ${fault}`);
}
