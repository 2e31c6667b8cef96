import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {start, type Caller, type TestServer} from './start.js';

interface Upload {
  readonly id: number;
  readonly name: string;
  readonly mime_type: string;
  readonly size: number;
  readonly url: string;
  readonly thumbnail_url: string | null;
  readonly width: number | null;
  readonly height: number | null;
}

/** A PNG of one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const GIF = Buffer.from('47494638396102000300', 'hex');

async function upload(
  server: TestServer,
  person: Caller,
  content: Uint8Array<ArrayBuffer>,
  name: string,
  type = 'application/octet-stream',
) {
  const form = new FormData();
  form.append('file', new File([content], name, {type}));
  const response = await fetch(`${server.url}/api/attachments`, {
    method: 'POST',
    body: form,
    headers: {authorization: `Bearer ${person.token}`},
  });
  return {status: response.status, body: (await response.json()) as {data: Upload; errors?: object}};
}

describe('attachments', () => {
  it('are typed by their bytes, measured, sent with a message and given out to who has the address', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const {status, body} = await upload(server, ali, Uint8Array.from(PNG), '../../dot‮gnp.exe', 'text/html');
    assert.equal(status, 201);
    const {url, ...file} = body.data;
    assert.deepEqual(file, {
      id: 1,
      name: 'dotgnp.exe',
      mime_type: 'image/png',
      size: PNG.length,
      thumbnail_url: url,
      width: 1,
      height: 1,
    });

    const sent = await ali.call<{data: {attachments: Upload[]}}>('POST', '/api/conversations/1/messages', {
      content: '',
      temp_id: 'a',
      attachment_ids: [1],
    });
    assert.equal(sent.status, 201);
    assert.equal(sent.body.data.attachments[0]?.url, url);

    const answer = await fetch(url);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PNG);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('content-disposition'), "inline; filename*=UTF-8''dotgnp.exe");
    assert.match(answer.headers.get('content-security-policy') ?? '', /sandbox/);
    assert.equal((await fetch(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`)).status, 404);
  });

  it('have their name cut before its extension where it is too long', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const whole = `${'文'.repeat(196)}.txt`;
    const names: [given: string, kept: string][] = [
      [whole, whole],
      [`文${whole}`, whole],
      ['😀'.repeat(300), '😀'.repeat(200)],
      [`a.${'b'.repeat(300)}`, `a.${'b'.repeat(198)}`],
    ];
    for (const [given, kept] of names)
      assert.equal((await upload(server, ali, Uint8Array.from(PNG), given)).body.data.name, kept);
  });

  it('are refused when they are no kind that is allowed, whatever they are called', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const bad: [string, string][] = [
      ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'a.png'],
      ['<!doctype html><script>alert(1)</script>', 'a.jpg'],
      ['MZ\x90\0', 'a.exe'],
      ['', 'empty.png'],
      ['text\0binary', 'a.txt'],
      ['\x89PN', 'cut.png'],
    ];
    for (const [content, name] of bad)
      assert.equal((await upload(server, ali, Uint8Array.from(Buffer.from(content)), name)).status, 422, name);
    assert.equal((await upload(server, ali, new Uint8Array(10 * 1024 * 1024 + 1), 'big.png')).status, 422);
    const text = await upload(server, ali, Uint8Array.from(Buffer.from('<b>only text</b>')), 'page.txt');
    assert.equal(text.body.data.mime_type, 'text/plain; charset=utf-8');
    assert.equal(text.body.data.thumbnail_url, null);
    assert.match((await fetch(text.body.data.url)).headers.get('content-disposition') ?? '', /^attachment/);
    assert.deepEqual([(await upload(server, ali, Uint8Array.from(GIF), 'a')).body.data.width], [2]);
  });

  it('belong to who uploaded them, and to one message', async () => {
    await using server = await start();
    const [ali, vali] = await Promise.all([server.signIn('ali'), server.signIn('vali')]);
    const {id} = (await upload(server, ali, Uint8Array.from(PNG), 'a.png')).body.data;
    const send = async (person: Caller, tempId: string): Promise<number> =>
      (await person.call('POST', '/api/conversations/1/messages', {content: 'x', temp_id: tempId, attachment_ids: [id]})).status;
    assert.equal(await send(vali, 'theft'), 422);
    assert.equal(await send(ali, 'first'), 201);
    assert.equal(await send(ali, 'first'), 200);
    assert.equal(await send(ali, 'second'), 422);
  });

  it('are gone with their message', async () => {
    await using server = await start();
    const ali = await server.signIn('ali');
    const {id, url} = (await upload(server, ali, Uint8Array.from(PNG), 'a.png')).body.data;
    const sent = await ali.call<{data: {id: number}}>('POST', '/api/conversations/1/messages', {
      content: '',
      temp_id: 'a',
      attachment_ids: [id],
    });
    await ali.call('DELETE', `/api/messages/${sent.body.data.id}`);
    assert.equal((await fetch(url)).status, 404);
  });
});
