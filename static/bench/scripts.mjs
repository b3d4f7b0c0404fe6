/// How large the scripts are that a browser loads, as they come over the wire.
import { request } from 'node:http';

const ENCODINGS = { brotli: 'br', gzip: 'gzip' };

/** The addresses of the scripts that the page loads, those first that it loads first. */
export function scriptsOf(page) {
  const found = new Set();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' && response.ok()) found.add(response.url());
  });
  return found;
}

/** Bytes of all these scripts in each encoding. */
export async function bytesOf(scripts) {
  const sizes = Object.entries(ENCODINGS).map(async ([name, encoding]) => {
    const each = await Promise.all([...scripts].map((script) => bytes(script, encoding)));
    return [name, each.reduce((sum, size) => sum + size, 0)];
  });
  return Object.fromEntries(await Promise.all(sizes));
}

/** `fetch` would hide how it came. */
function bytes(address, encoding) {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': encoding };
    const call = request(address, { headers, agent: false }, async (response) => {
      let sum = 0;
      for await (const chunk of response) sum += chunk.length;
      if (response.statusCode === 200) resolve(sum);
      else reject(new Error(`${address}: ${response.statusCode}`));
    });
    call.on('error', reject).end();
  });
}
