/// Lays a graph out beside the page, so that the page stays alive.
import { arrange } from './arrange.ts';
import type { Graph } from './graph.ts';

self.onmessage = (event: MessageEvent<Graph>) => self.postMessage(arrange(event.data));
