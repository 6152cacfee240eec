/** For the page's developer, who has no other place to read it. */
export function warn(fault: string): void {
  // biome-ignore lint/suspicious/noConsole: see above
  console.warn(`<mitto-otp> ${fault}`);
}
