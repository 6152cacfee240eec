/**
 * Milliseconds since the clock was made, for countdowns. The wall clock alone runs backwards when somebody sets it;
 * the steady one stands still in some browsers while the machine sleeps. The further of the two is right in both.
 */
export function createMonotonicClock(): () => number {
  const wall = Date.now();
  const steady = performance.now();
  return () => Math.max(Date.now() - wall, performance.now() - steady);
}
