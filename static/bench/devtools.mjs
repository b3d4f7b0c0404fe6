/// What only the browser's own tools know of a page: processor time and memory.

export async function devtoolsOf(page) {
  const session = await page.context().newCDPSession(page);
  // What other programs do at the same time is not counted.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    /** Milliseconds that the page's main thread has been at work. */
    async processor() {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
    },
    /** Bytes of the page's heap when what is not needed has been thrown away. */
    async heap() {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    },
  };
}
