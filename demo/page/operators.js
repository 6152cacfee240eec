/** The token that opens the console of this demo, asked for when somebody wants to see it. */

export function startOperators() {
  const details = /** @type {HTMLDetailsElement} */ (document.querySelector('.operators details'));
  const token = /** @type {HTMLElement} */ (details.querySelector('.admin-token'));

  details.addEventListener('toggle', async () => {
    if (!details.open) return;
    const response = await fetch('/demo/admin-token', { method: 'POST' });
    /** @type {{ adminToken: string }} */
    const { adminToken } = await response.json();
    token.textContent = adminToken;
  });
}
