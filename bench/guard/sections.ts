/** What stands between the two comments of a name is written by a script; the rest of the page is not. */
export function replaceSections(page: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((text, [name, section]) => {
    const begin = `<!-- simulated: ${name} -->`;
    const from = text.indexOf(begin);
    const to = text.indexOf('<!-- end -->', from);
    if (from < 0 || to < 0) throw new Error(`the page has no section "${name}"`);
    return `${text.slice(0, from)}${begin}\n\n${section}\n\n${text.slice(to)}`;
  }, page);
}
