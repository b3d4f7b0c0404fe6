/// Lays out in a worker of its own, which ends with the work.
import type { Box } from '../geometry/box.ts';
import type { Graph } from './graph.ts';

export function arrangeInWorker(graph: Graph, signal: AbortSignal): Promise<ReadonlyMap<string, Box>> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const result = new Promise<ReadonlyMap<string, Box>>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<ReadonlyMap<string, Box>>) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    signal.addEventListener('abort', () => reject(new DOMException('called off', 'AbortError')));
  });
  worker.postMessage(graph);
  return result.finally(() => worker.terminate());
}
