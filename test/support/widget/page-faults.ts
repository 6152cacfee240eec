/** What must hold of a page with elements in it, whatever was done to its tree. */
export function faultsOf(root: ParentNode): string[] {
  const faults: string[] = [];
  const ids = [...root.querySelectorAll('[id]')].map(({ id }) => id);
  const doubled = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (doubled.length > 0) faults.push(`ids twice: ${[...new Set(doubled)].join(', ')}`);
  for (const element of root.querySelectorAll('mitto-otp'))
    faults.push(...faultsOfElement(element));
  return faults;
}

const SLOTS = ['phone', 'phone-label', 'phone-hint', 'phone-error'];
const CODE_SLOTS = ['code', 'code-label', 'code-hint', 'code-error'];

function faultsOfElement(element: Element): string[] {
  const faults: string[] = [];
  const children = [...element.children];
  for (const slot of [...SLOTS, ...CODE_SLOTS]) {
    const count = children.filter((child) => child.slot === slot).length;
    const isWanted = SLOTS.includes(slot);
    if (count > 1 || (isWanted && count === 0)) faults.push(`${count} in the slot ${slot}`);
  }
  for (const input of element.querySelectorAll('input')) {
    // Asked of the labels: in Firefox 140 `input.labels` stays empty once an id was removed and set again.
    const labels = [...document.querySelectorAll('label')].filter(
      ({ control }) => control === input,
    );
    if (input.type !== 'hidden' && labels.length !== 1)
      faults.push(`${labels.length} labels of ${input.slot}`);
    for (const id of input.getAttribute('aria-describedby')?.split(' ') ?? [])
      if (!document.getElementById(id)) faults.push(`no description ${id}`);
  }
  return faults;
}
