/** What the page loads in the place of Turnstile's script: no module, as that is none. */
window.turnstile = {
  render: (container, options) => window.turnstileStandIn?.render(container, options),
  remove: (id) => window.turnstileStandIn?.remove(id),
};
