/** The pages of the console, in the order of the navigation. */
export const PAGES = [
  { name: 'connectors', title: 'Connectors' },
  { name: 'messages', title: 'Messages' },
  { name: 'usage', title: 'Usage' },
  { name: 'sessions', title: 'Sessions' },
  { name: 'limits', title: 'Limits' },
  { name: 'workflows', title: 'Workflows' },
  { name: 'figures', title: 'Figures' },
] as const;

export type PageName = (typeof PAGES)[number]['name'];

/** The page of a fragment; the first by default. */
export function pageIn(hash: string): PageName {
  return PAGES.find(({ name }) => `#${name}` === hash)?.name ?? PAGES[0].name;
}

export function titleOf(page: PageName): string {
  return PAGES.find(({ name }) => name === page)?.title ?? '';
}
