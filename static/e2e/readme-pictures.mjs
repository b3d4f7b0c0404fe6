/// Takes two of the pictures of README.md: `node e2e/readme-pictures.mjs`, then look at them.
import { openSignedIn, settled, startBrowser, withPage } from './browser.mjs';
import { data, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const MODEL = '#/git/local/demo%2Fthreat-models/main/web-shop';
const WINDOW = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' };

const wyvern = await startWyvern();
const browser = await startBrowser();
const { accessToken } = await signInByApi(wyvern.address);

const call = (method, name, more = {}) =>
  fetch(wyvern.address + demoPath('web-shop', name), {
    method,
    ...more,
    headers: { Authorization: `Bearer ${accessToken}`, ...more.headers },
  });

/** The web shop a week later: a threat mitigated, a store moved, an actor added. */
async function change() {
  const model = await data(await call('GET', 'data'));
  const [diagram] = model.detail.diagrams;
  const of = (shape) => diagram.cells.filter((cell) => cell.shape === shape);
  const process = of('process').find((cell) => cell.data.threats?.length > 0);
  Object.assign(process.data.threats[0], { status: 'Mitigated', mitigation: 'Signed on both sides.' });
  const [store] = of('store');
  store.position.y += 60;
  const [actor] = of('actor');
  const { x, y } = actor.position;
  const words = { name: 'Support staff', threats: [], hasOpenThreats: false };
  diagram.cells.push({
    ...structuredClone(actor),
    id: 'support',
    position: { x, y: y + 170 },
    attrs: { text: { text: 'Support staff' } },
    data: { ...actor.data, ...words },
  });
  const headers = { 'Content-Type': 'application/json', 'If-Match': '*' };
  const saved = await call('PUT', 'update', { body: JSON.stringify(model), headers });
  if (!saved.ok) throw new Error(`the change is refused: ${saved.status}`);
}

async function take(name, address, wait) {
  await withPage(browser, wyvern.address, WINDOW, async (page) => {
    await openSignedIn(page, wyvern.address);
    await page.goto(`${wyvern.address}/${address}`);
    await wait(page);
    await settled(page);
    await page.screenshot({ path: `${import.meta.dirname}/../../docs/${name}.png` });
  });
}

try {
  await take('threats', `${MODEL}/edit/threats?group=severity&threat=1`, (page) => page.getByRole('grid').waitFor());
  await change();
  const { commits } = await data(await call('GET', 'history'));
  const [newest, before] = commits.map(({ commit }) => commit);
  await take('comparison', `${MODEL}/compare/${before}/${newest}`, (page) =>
    page.locator('[data-mark]').first().waitFor(),
  );
} finally {
  await browser.close();
  await wyvern.stop();
}
