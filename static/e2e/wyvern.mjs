/// Starts the real server on a free port with a folder of its own, and talks to it as a script would.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const BINARY = process.env.WYVERN_BINARY ?? resolve(import.meta.dirname, '../../target/debug/wyvern');
/** The server with hosts of its own; cargo builds it beside the binary. */
const FORGE = join(dirname(BINARY), 'examples', 'forge');
const START_LIMIT = 30_000;

/** Where the demo models are that the server makes on its first start. */
export const DEMO = { repository: 'demo/threat-models', branch: 'main' };

/**
 * A running server, with these settings as TOML: `address` has no `/` at its end; what it keeps is in `folder`; `signal`
 * tells it something; `stop` ends it, removes its folder, and fails when the server had ended by itself or does not end well.
 */
export async function startWyvern(settings = '') {
  const data = await mkdtemp(join(tmpdir(), 'wyvern-e2e-'));
  const config = join(data, 'settings.toml');
  await writeFile(config, settings);
  return start(BINARY, ['serve', '--config', config, '--listen', '127.0.0.1:0', '--data', data], data);
}

/**
 * A running server that ada and grace can sign in to with GitHub, GitLab and Bitbucket. The signal `SIGUSR2` stops
 * these hosts, and once more brings them back.
 */
export async function startForge() {
  const data = await mkdtemp(join(tmpdir(), 'wyvern-e2e-'));
  return start(FORGE, ['--listen', '127.0.0.1:0'], data);
}

async function start(program, args, data) {
  const server = spawn(program, args, {
    // Nothing of this machine's settings: not for the server, and not for git.
    env: { PATH: process.env.PATH, HOME: data, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = [];
  const lines = createInterface({ input: server.stderr }).on('line', (line) => said.push(line));
  const ended = once(server, 'exit').then(([code, signal]) => code ?? signal);
  const endedEarly = ended.then((how) => {
    throw new Error(`${program} ended by itself (${how}):\n${said.join('\n')}`);
  });
  endedEarly.catch(() => {});
  try {
    const address = await Promise.race([endedEarly, addressIn(lines, said)]);
    return {
      address,
      folder: data,
      signal: (name) => server.kill(name),
      async stop() {
        signedIn.delete(address);
        const running = server.kill('SIGTERM');
        const how = await ended;
        await rm(data, { recursive: true });
        if (!running) await endedEarly;
        if (how !== 0) throw new Error(`${program} was stopped and answered ${how}:\n${said.join('\n')}`);
      },
    };
  } catch (error) {
    server.kill('SIGKILL');
    await rm(data, { recursive: true });
    throw error;
  }
}

/** Waits for the line with the address. */
async function addressIn(lines, said) {
  const late = AbortSignal.timeout(START_LIMIT);
  for (;;) {
    for (const line of said) {
      const found = /listening on (http:\/\/\S+)/.exec(line);
      if (found) return found[1].replace(/\/$/, '');
    }
    await once(lines, 'line', { signal: late });
  }
}

/** The hash of a password, for the settings of an account. */
export async function hashOf(password) {
  const hashing = spawn(BINARY, ['hash-password'], { stdio: ['pipe', 'pipe', 'inherit'] });
  hashing.stdin.end(password);
  return (await text(hashing.stdout)).trim();
}

/** The tokens of each running server's owner, by its address. */
const signedIn = new Map();

/** Signs in through the API's three calls and gives the tokens: once for a server, which counts sign-ins. */
export async function signInByApi(address) {
  if (!signedIn.has(address)) signedIn.set(address, tradeCode(address));
  return signedIn.get(address);
}

async function tradeCode(address) {
  const login = await data(await fetch(`${address}/api/login/local`));
  const back = await fetch(login, { redirect: 'manual' });
  const code = /#\/oauth-return\?code=([^&]+)$/.exec(back.headers.get('location'))[1];
  return data(await fetch(`${address}/api/oauth/local?code=${code}`));
}

/** The path of the demo repository, or of something in its branch, with each name as one segment. */
export function demoPath(...names) {
  return `/api/threatmodel/demo/threat-models/${['main', ...names].map(encodeURIComponent).join('/')}`;
}

export async function createModel(address, name, model) {
  const { accessToken } = await signInByApi(address);
  const response = await fetch(address + demoPath(name, 'create'), {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(model),
  });
  if (response.status !== 201) throw new Error(`create ${name}: ${response.status} ${await response.text()}`);
}

/** Commits a model's file to the demo repository with git, as somebody may who does not use this app. */
export function commitFile(wyvern, name, text) {
  commitPath(wyvern, `ThreatDragonModels/${name}/${name}.json`, text);
}

/** The same with any file. */
export function commitPath({ folder }, path, text) {
  const git = (args, input) =>
    execFileSync('git', args, {
      cwd: join(folder, 'repositories', `${DEMO.repository}.git`),
      input,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder, GIT_INDEX_FILE: join(folder, 'index') },
    }).trim();
  const file = git(['hash-object', '-w', '--stdin'], text);
  git(['read-tree', DEMO.branch]);
  git(['update-index', '--add', '--cacheinfo', `100644,${file},${path}`]);
  const who = ['-c', 'user.name=Mallory', '-c', 'user.email=mallory@example.com'];
  const commit = git([...who, 'commit-tree', git(['write-tree']), '-p', DEMO.branch, '-m', 'By hand']);
  git(['update-ref', `refs/heads/${DEMO.branch}`, commit]);
}

/**
 * Commits many models at once to a branch of the demo repository, which begins with them; `texts` has what is in each,
 * by its name.
 */
export function commitModels({ folder }, branch, texts, message = 'By hand') {
  const [repository, ref] = [join(folder, 'repositories', `${DEMO.repository}.git`), `refs/heads/${branch}`];
  const env = { PATH: process.env.PATH, HOME: folder };
  const known = execFileSync('git', ['for-each-ref', ref], { cwd: repository, env, encoding: 'utf8' }) !== '';
  const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const files = [...texts].map(
    ([name, text]) => `M 100644 inline ThreatDragonModels/${name}/${name}.json\n${data(text)}`,
  );
  const when = Math.floor(Date.now() / 1000);
  const input = [
    `commit ${ref}\ncommitter Mallory <mallory@example.com> ${when} +0000\n${data(message)}`,
    known ? `from ${ref}^0\n` : '',
    ...files,
  ].join('');
  execFileSync('git', ['fast-import', '--quiet'], { cwd: repository, env, input });
}

/** The `data` of an answer of the API, which must be a success. */
export async function data(response) {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return (await response.json()).data;
}
