/** What the manifest says of the element, against the element as visitors and pages have it. */
import { expect } from '@open-wc/testing';
import {
  type CustomElement,
  type Documented,
  elementOf,
} from '../../../build/manifest/manifest.ts';
import { ELEMENT_STATES, type ElementState } from '../../support/widget/element-states.ts';
import { answers, type FakeWorker } from '../../support/widget/fake-worker.ts';
import { type Harness, open, startWorker } from '../../support/widget/harness.ts';
import { answerMetadata } from '../../support/widget/phone-metadata.ts';

/** Those that show parts that no other does. */
const MORE_STATES: Readonly<Record<string, ElementState>> = {
  'no country, and none to be guessed': {
    reach(page, worker) {
      worker.always('config', answers.config({ country: null, countries: ['FR', 'AT'] }));
      return page.configured();
    },
  },
  'a code by call': {
    reach(page, worker) {
      worker.always('send', answers.send({ channel: 'voice' }));
      return page.sendsCode();
    },
  },
  'a code that should have come': {
    async reach(page, worker) {
      worker.always('send', answers.send({ resendIn: 1 }));
      await page.sendsCode();
      await page.until(() => page.part('help') !== null, 'no help');
    },
  },
  'a number that was meant': {
    async reach(page, worker) {
      worker.always('phone-metadata', answerMetadata);
      worker.always('send', answers.problem('invalid_phone'));
      await page.configured();
      page.phone.focus();
      await page.until(() => worker.callsTo('phone-metadata').length === 1, 'nothing is asked');
      page.fill(page.phone, '++49 1511 2345678');
      await page.press('Enter');
      await page.until(() => page.part('suggestion') !== null, 'no suggestion');
    },
  },
};

const names = (list: readonly Documented[]) => list.map(({ name }) => name).sort();
const sorted = (found: Iterable<string>) => [...new Set(found)].sort();

describe('the manifest', () => {
  let documented: CustomElement;
  let worker: FakeWorker;
  const seen = { parts: new Set<string>(), slots: new Set<string>(), states: new Set<string>() };
  const events = new Set<string>();
  /** Nodes of the shadow tree that a visitor may see and no part names. */
  const bare = new Set<string>();

  function look({ element, events: heard }: Harness): void {
    const root = element.shadowRoot;
    for (const node of root?.querySelectorAll('*') ?? []) {
      for (const part of node.part) seen.parts.add(part);
      if (node instanceof HTMLSlotElement) seen.slots.add(node.name);
      else if (!node.matches('option, svg *, style, i[hidden]') && node.part.length === 0)
        bare.add(node.outerHTML.slice(0, 60));
    }
    for (const { type } of heard) events.add(type);
  }

  const { add } = CustomStateSet.prototype;
  before(async () => {
    CustomStateSet.prototype.add = function (state) {
      seen.states.add(state);
      return add.call(this, state);
    };
    documented = elementOf(await (await fetch('/custom-elements.json')).json());
  });
  beforeEach(() => {
    worker = startWorker();
  });
  after(() => {
    CustomStateSet.prototype.add = add;
  });
  afterEach(() => window.turnstileStandIn?.takeAway());

  for (const [name, { markup, reach }] of Object.entries({ ...ELEMENT_STATES, ...MORE_STATES }))
    it(`looks at: ${name}`, async () => {
      const page = await open(markup);
      await reach(page, worker);
      look(page);
      page.element.reset();
      look(page);
    });

  it('has every part of the shadow tree, and no other', () => {
    expect(sorted(seen.parts)).to.deep.equal(names(documented.cssParts));
  });

  it('has every slot, and no other', () => {
    expect(sorted(seen.slots)).to.deep.equal(names(documented.slots));
  });

  it('has every state and every event, and no other', () => {
    expect(sorted(seen.states)).to.deep.equal(names(documented.cssStates));
    expect(sorted(events)).to.deep.equal(names(documented.events));
  });

  it('leaves no node that a page cannot style', () => {
    expect([...bare]).to.deep.equal([]);
  });

  it('has the attributes that the element observes, and those of the browser that it heeds', async () => {
    const { element } = await open();
    const { observedAttributes } = element.constructor as typeof HTMLElement & {
      observedAttributes: string[];
    };
    expect(sorted([...observedAttributes, 'autofocus'])).to.deep.equal(
      names(documented.attributes),
    );
  });

  it('has properties and methods that are there, and reflect as it says', async () => {
    const { element } = await open();
    for (const { name, kind, reflects, attribute = '', type } of documented.members) {
      expect(name in element, name).to.equal(true);
      const value: unknown = Reflect.get(element, name);
      expect(typeof value === 'function', name).to.equal(kind === 'method');
      if (!reflects) continue;
      Reflect.set(element, name, type?.text === 'boolean' ? true : '5');
      await element.updateComplete;
      expect(element.hasAttribute(attribute), attribute).to.equal(true);
    }
  });
});
