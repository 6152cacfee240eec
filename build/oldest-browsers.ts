/**
 * The oldest browsers that the element is built for, as `build.target` of Vite takes them. They are the first with form
 * controls of one's own and style sheets that scripts adopt, in all three engines; docs/element.md names them too.
 */
export const OLDEST_BROWSERS = [
  'chrome100',
  'edge100',
  'safari16.4',
  'ios16.4',
  'firefox113',
] as const;
