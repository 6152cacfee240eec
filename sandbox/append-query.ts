/** What the URL asks for already stays: it may hold the token by which its receiver knows who calls. */
export function withQuery(url: string, members: Readonly<Record<string, string>>): string {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(members)) whole.searchParams.append(name, value);
  return whole.href;
}
