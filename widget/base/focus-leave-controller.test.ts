import { expect } from '@open-wc/testing';
import type { ReactiveControllerHost } from 'lit';
import { FocusLeaveController } from './focus-leave-controller.ts';

/** The listeners that the controller has on the document. */
function watchListeners() {
  const present = new Set<string>();
  const { addEventListener, removeEventListener } = document;
  document.addEventListener = (type: string, ...rest: [never, never]) => {
    present.add(type);
    addEventListener.call(document, type, ...rest);
  };
  document.removeEventListener = (type: string, ...rest: [never, never]) => {
    present.delete(type);
    removeEventListener.call(document, type, ...rest);
  };
  return {
    present,
    restore() {
      Reflect.deleteProperty(document, 'addEventListener');
      Reflect.deleteProperty(document, 'removeEventListener');
    },
  };
}

describe('focus-leave controller', () => {
  let left: number;
  let host: HTMLElement;
  let controller: FocusLeaveController;
  let listeners: ReturnType<typeof watchListeners>;

  beforeEach(() => {
    left = 0;
    listeners = watchListeners();
    host = document.createElement('div');
    host.innerHTML = '<input><button>inside</button>';
    document.body.append(host);
    const withControllers = Object.assign(host, { addController() {} });
    controller = new FocusLeaveController(
      withControllers as unknown as ReactiveControllerHost & HTMLElement,
      () => {
        left += 1;
      },
    );
    controller.hostConnected();
  });
  afterEach(() => {
    controller.hostDisconnected();
    listeners.restore();
    host.remove();
  });

  const task = () => new Promise((resolve) => setTimeout(resolve, 20));
  const fire = (type: string, target: EventTarget = host) =>
    target.dispatchEvent(new Event(type, { bubbles: true }));

  it('reports once when the focus has left, and removes its listeners on the document', async () => {
    fire('focusin');
    expect([...listeners.present]).to.have.members(['pointerdown', 'pointerup', 'pointercancel']);
    fire('focusout');
    await task();
    expect(left).to.equal(1);
    expect([...listeners.present]).to.deep.equal([]);
  });

  it('waits for the end of the press that takes the focus away', async () => {
    fire('focusin');
    fire('pointerdown', document.body);
    fire('focusout');
    await task();
    expect(left).to.equal(0);
    fire('pointerup', document.body);
    await task();
    expect(left).to.equal(1);
  });

  it('does not report a focus that moves within the element', async () => {
    host.querySelector('input')?.focus();
    host.querySelector('button')?.focus();
    await task();
    expect(left).to.equal(0);
  });

  it('removes its listeners on the document when the element is removed', () => {
    fire('focusin');
    controller.hostDisconnected();
    expect([...listeners.present]).to.deep.equal([]);
  });

  it('does not report once the element is removed', async () => {
    fire('focusin');
    fire('focusout');
    controller.hostDisconnected();
    await task();
    expect(left).to.equal(0);
  });
});
