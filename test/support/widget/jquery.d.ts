/** What is used of jQuery, which brings no types. */
declare module 'jquery' {
  export default function jQuery(selector: string | Element): { serialize(): string };
}
