/// Measures frames in the page: how long each took that had input to work off.

/**
 * To be run in the page before anything else. Of each frame that follows an input event it keeps how long it took
 * until the next one, and how long after the input the page was done with it; `opening` tells when all was drawn.
 */
export function installMeter() {
  const INPUTS = ['pointermove', 'wheel', 'keydown', 'input'];
  const channel = new MessageChannel();
  let [round, running, frames, input, last] = [0, false, [], null, null];
  const waiting = [];
  const soon = (then) => {
    waiting.push(then);
    channel.port2.postMessage(null);
  };
  channel.port1.onmessage = () => waiting.shift()?.(performance.now());

  const take = (event) => {
    if (!running || input) return;
    input = { at: event.timeStamp };
  };
  const frame = (of, time) => {
    if (!running || of !== round) return;
    if (last) last.delta = time - last.time;
    const one = { time, input };
    input = null;
    last = one;
    frames.push(one);
    soon((done) => (one.done = done));
    requestAnimationFrame((next) => frame(of, next));
  };
  const figures = ({ delta, input, done }) => ({ delta, latency: done - input.at });
  const measured = () => frames.filter((one) => one.input && one.done && one.delta).map(figures);

  for (const type of INPUTS) addEventListener(type, take, { capture: true });
  window.meter = {
    start() {
      [round, running, frames, input, last] = [round + 1, true, [], null, null];
      const of = round;
      requestAnimationFrame((time) => frame(of, time));
    },
    /** Waits until the last input is on the screen. */
    async stop() {
      for (let rest = 0; rest < 3; rest += 1) await new Promise(requestAnimationFrame);
      running = false;
      return measured();
    },
    /** Every frame for a while, without input: what the machine does by itself. */
    async rest(count) {
      const deltas = [];
      let before = await new Promise(requestAnimationFrame);
      for (let index = 0; index < count; index += 1) {
        const now = await new Promise(requestAnimationFrame);
        deltas.push(now - before);
        before = now;
      }
      return deltas;
    },
    /**
     * Milliseconds from the choice of a file until the last frame that changed anything in the canvas: nothing
     * changes there for `QUIET` more. To be called before a file is chosen.
     */
    opening() {
      const QUIET = 700;
      return new Promise((resolve) => {
        let [chosen, drawn, timer] = [0, 0, 0];
        addEventListener('change', () => (chosen = performance.now()), { capture: true, once: true });
        const observer = new MutationObserver(() => {
          if (!document.querySelector('.drawing [role=option]')) return;
          requestAnimationFrame(() => soon((now) => (drawn = now)));
          clearTimeout(timer);
          timer = setTimeout(() => {
            observer.disconnect();
            resolve(drawn - chosen);
          }, QUIET);
        });
        observer.observe(document, { childList: true, subtree: true, attributes: true });
      });
    },
  };
}

/** The value at a share of the ordered figures: 0.5 is the median. */
export function percentile(figures, share) {
  const ordered = figures.toSorted((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? NaN;
}
