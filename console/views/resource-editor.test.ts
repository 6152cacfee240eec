import { expect } from '@open-wc/testing';
import { html } from 'lit';
import { type Answers, fakeAdminApi, problem } from '../../test/support/console/fake-admin-api.ts';
import { button, field, sees, show, type } from '../../test/support/console/page.ts';
import type { ResourceEditor } from './resource-editor.ts';
import type { ResourcesView } from './resources-view.ts';

const LIMIT = {
  sid: 'LI1',
  name: 'on_phone',
  description: '',
  buckets: [{ name: 'hour', max: 5, interval: 3600, colour: 'green' }],
  mood: { is: 'fine' },
};
const PUT = 'PUT mitto/limits/LI1';

async function open(answers: Answers = {}, kind = 'limits', records: unknown = [LIMIT]) {
  const worker = fakeAdminApi({ [`GET mitto/${kind}`]: records, ...answers });
  const view = await show<ResourcesView>(
    html`<resources-view .api=${worker.api} kind=${kind}></resources-view>`,
  );
  await sees(view, 'Name');
  return { view, worker, sent: () => worker.asked.filter(({ call }) => !call.startsWith('GET')) };
}

async function editor(view: ResourcesView, name: string): Promise<ResourceEditor> {
  button(view, name).click();
  await view.updateComplete;
  const found = view.querySelector<ResourceEditor>('resource-editor');
  if (!found) throw new Error('The form did not open');
  await found.updateComplete;
  return found;
}

describe('the form of a limit', () => {
  it('keeps every member that it has no field for', async () => {
    const { view, sent } = await open({ [PUT]: LIMIT });
    const form = await editor(view, 'Change on_phone');
    await type(form, field(form, 'Description'), 'for signing up');
    await type(form, field(form, 'At most'), '7');
    button(form, 'Save').click();
    await sees(view, 'Saved.');
    expect(sent().map(({ body }) => body)).to.deep.equal([
      {
        ...LIMIT,
        description: 'for signing up',
        buckets: [{ name: 'hour', max: 7, interval: 3600, colour: 'green' }],
      },
    ]);
  });

  it('shows in the fields what is done in the JSON, and the other way round', async () => {
    const { view } = await open();
    const form = await editor(view, 'Change on_phone');
    const json = field<HTMLTextAreaElement>(form, 'All fields, as JSON');
    expect(JSON.parse(json.value)).to.deep.equal(LIMIT);
    await type(form, json, JSON.stringify({ ...LIMIT, name: 'renamed' }));
    expect(field(form, 'Name').value).to.equal('renamed');
    await type(form, field(form, 'Name'), 'again');
    expect(JSON.parse(json.value)).to.deep.equal({ ...LIMIT, name: 'again' });
  });

  it('sends nothing that is not JSON, and nothing without a name', async () => {
    const { view, sent } = await open();
    const form = await editor(view, 'Change on_phone');
    const json = field<HTMLTextAreaElement>(form, 'All fields, as JSON');
    await type(form, json, '{"name":');
    button(form, 'Save').click();
    await sees(form, 'This is not JSON');
    expect(document.activeElement).to.equal(json);
    await type(form, json, '{"name":" "}');
    button(form, 'Save').click();
    await sees(form, 'Enter a name.');
    expect(sent()).to.deep.equal([]);
  });

  it('stays open with what Mitto said against it', async () => {
    const body = '{"code":409,"message":"name: taken by another limit"}';
    const upstream = { kind: 'refused', status: 409, code: 409, body };
    const { view } = await open({ 'POST mitto/limits': problem(502, { upstream }) });
    const form = await editor(view, 'New limit');
    await type(form, field(form, 'Name'), 'on_phone');
    button(form, 'Create').click();
    await sees(form, 'name: taken by another limit');
    expect(form.querySelector('pre')?.textContent).to.equal(body);
    expect(field(form, 'Name').value).to.equal('on_phone');
    await type(form, field(form, 'Name'), '');
    button(form, 'Create').click();
    await sees(form, 'Enter a name.');
    expect(form.querySelector('pre')).to.equal(null);
  });

  it('leaves alone what came in another form', async () => {
    const odd = { ...LIMIT, buckets: 'five an hour' };
    const { view } = await open({}, 'limits', [odd]);
    const form = await editor(view, 'Change on_phone');
    await sees(form, 'Buckets have a format that this form does not know');
    expect(form.draft).to.deep.equal(odd);
  });
});

describe('the form of a workflow', () => {
  it('makes a list of what is typed', async () => {
    const { view, sent } = await open({ 'POST mitto/workflows': {} }, 'workflows', [
      { sid: 'WF1', name: 'a', channels: ['sms'] },
    ]);
    const form = await editor(view, 'New workflow');
    await type(form, field(form, 'Name'), 'text first');
    await type(form, field(form, 'Channels'), 'sms, call');
    button(form, 'Create').click();
    await sees(view, 'Created.');
    expect(sent()[0]?.body).to.deep.include({ name: 'text first', channels: ['sms', 'call'] });
  });
});

describe('to delete', () => {
  it('has to be confirmed', async () => {
    const { view, sent } = await open({
      'DELETE mitto/limits/LI1': new Response(null, { status: 204 }),
    });
    button(view, 'Delete on_phone').click();
    await sees(view, 'Delete the limit on_phone?');
    button(view, 'Cancel').click();
    await view.updateComplete;
    expect(sent()).to.deep.equal([]);

    button(view, 'Delete on_phone').click();
    await sees(view, 'Delete the limit on_phone?');
    button(view, 'Delete').click();
    await sees(view, 'Deleted on_phone.');
    expect(sent().map(({ call }) => call)).to.deep.equal(['DELETE mitto/limits/LI1']);
  });
});
