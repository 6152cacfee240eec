/** The first script of a strict page: writes down what its policy refuses and what is thrown, from the start on. */
declare global {
  interface Window {
    violations: string[];
  }
}

window.violations = [];

document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
});
window.addEventListener('error', ({ message }) => window.violations.push(`thrown: ${message}`));
window.addEventListener('unhandledrejection', ({ reason }) =>
  window.violations.push(`rejected: ${reason}`),
);

export {};
