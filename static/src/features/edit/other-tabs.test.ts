import { afterEach, expect, test } from 'vitest';
import { OtherTabs } from './other-tabs.svelte.ts';

/** Channels that are heard at once. */
class Air {
  readonly channels = new Set<BroadcastChannel>();

  channel(): BroadcastChannel {
    const channel = new BroadcastChannel('other-tabs.test');
    channel.postMessage = (data: unknown) => {
      for (const other of this.channels)
        if (other !== channel) other.onmessage?.(new MessageEvent('message', { data }));
    };
    const close = channel.close.bind(channel);
    channel.close = () => {
      this.channels.delete(channel);
      close();
    };
    this.channels.add(channel);
    return channel;
  }
}

let tabs: OtherTabs[] = [];
const air = new Air();
const tab = (key: string) => {
  const made = new OtherTabs(() => air.channel(), key);
  tabs.push(made);
  return made;
};

afterEach(() => {
  for (const each of tabs) each.leave();
  tabs = [];
});

test('tabs with the same model know of each other, as long as there are two', () => {
  const [one, elsewhere] = [tab('a'), tab('b')];
  expect(one.open).toBe(false);
  const [two, three] = [tab('a'), tab('a')];
  expect([one.open, two.open, three.open, elsewhere.open]).toEqual([true, true, true, false]);
  three.leave();
  expect([one.open, two.open]).toEqual([true, true]);
  two.leave();
  expect(one.open).toBe(false);
});

test('a page that is left and comes back is there again; leaving twice is leaving once', () => {
  const [one, two] = [tab('a'), tab('a')];
  two.leave();
  two.leave();
  expect([one.open, two.open]).toEqual([false, false]);
  two.join();
  two.join();
  expect([one.open, two.open]).toEqual([true, true]);
});
