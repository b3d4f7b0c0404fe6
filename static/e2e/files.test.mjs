/// The files of the page as they come over the wire.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startWyvern } from './wyvern.mjs';

let wyvern;

before(async () => {
  wyvern = await startWyvern();
});

after(() => wyvern?.stop());

/** Like `fetch`, but what came is left as it came. */
function ask(path, headers = {}, method = 'GET') {
  return new Promise((resolve, reject) => {
    const call = request(wyvern.address + path, { headers, method, agent: false }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) });
    });
    call.on('error', reject).end();
  });
}

async function filesOfThePage() {
  const { body } = await ask('/');
  const named = [...body.toString().matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  assert.ok(named.length >= 3, `a script, a style sheet and an icon: ${named}`);
  return ['/', ...named];
}

/** In bytes. */
const SMALL = 200;

test('each file is the same in each encoding', async () => {
  for (const path of await filesOfThePage()) {
    const [plain, gzip, brotli] = await Promise.all(
      ['identity', 'gzip', 'gzip, br'].map((encoding) => ask(path, { 'accept-encoding': encoding })),
    );
    // A few bytes get no smaller.
    if (plain.body.length < SMALL) continue;
    assert.deepEqual(
      [plain, gzip, brotli].map(({ headers }) => headers['content-encoding']),
      [undefined, 'gzip', 'br'],
      path,
    );
    assert.deepEqual(gunzipSync(gzip.body), plain.body, path);
    assert.deepEqual(brotliDecompressSync(brotli.body), plain.body, path);
    for (const { headers } of [plain, gzip, brotli]) assert.match(headers.vary, /accept-encoding/i);
  }
});

test('the page is asked for again each time, its files never', async () => {
  const [page, ...files] = await filesOfThePage();
  const first = await ask(page);
  assert.equal(first.headers['cache-control'], 'no-cache');
  const again = await ask(page, { 'if-none-match': first.headers.etag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  for (const file of files) {
    const { headers } = await ask(file);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable', file);
  }
});

test('HEAD says what GET would send', async () => {
  const get = await ask('/');
  const head = await ask('/', {}, 'HEAD');
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
  for (const name of ['content-type', 'etag', 'cache-control', 'content-security-policy']) {
    assert.equal(head.headers[name], get.headers[name], name);
  }
});

test('the page may run and load only its own', async () => {
  const { headers } = await ask('/');
  const policy = headers['content-security-policy'];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|http/);
});

test('a file that is not there is a 404, not the page', async () => {
  for (const path of ['/assets/none.js', '/assets/', '/index.html.br', '/package.json']) {
    const { status, headers } = await ask(path);
    assert.equal(status, 404, path);
    assert.match(headers['content-type'], /json/, path);
  }
});
