/** Runs in the served page before any module: no module itself. What it saw is asked for later. */
{
  const host = document.querySelector('sign-up-host')?.shadowRoot ?? document;
  const root = host.querySelector('mitto-otp')?.shadowRoot;
  const remarks: string[] = [];
  const nodes = [...(root?.querySelectorAll('.base, .base *') ?? [])];
  window.witness = { nodes, remarks };

  // The one warning that Lit's development build always gives.
  const isExpected = (remark: string) => remark.startsWith('Lit is in dev mode');
  for (const level of ['warn', 'error'] as const)
    console[level] = (...what: unknown[]) => {
      const remark = what.join(' ');
      if (!isExpected(remark)) remarks.push(remark);
    };
  window.addEventListener('error', ({ message }) => remarks.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => remarks.push(String(reason)));

  const input = host.querySelector('input');
  if (input) input.value = '0151 23456789';
}
