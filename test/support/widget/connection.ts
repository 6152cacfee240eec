/** The connection of the browser, as its pages are told of it. Whether a call gets through is said to the Worker's stand-in. */
export class Connection {
  lose(): void {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    window.dispatchEvent(new Event('offline'));
  }

  find(): void {
    this.restore();
    window.dispatchEvent(new Event('online'));
  }

  /** As it really is. To be called in `afterEach`. */
  restore(): void {
    Reflect.deleteProperty(navigator, 'onLine');
  }
}
