import { GuessLanes } from './guess-lanes.js';

/** Lanes whose work is a name that is written down, and how many work at one time at the most. */
function watched(atOnce: number) {
  const lanes = new GuessLanes(atOnce);
  const order: string[] = [];
  let working = 0;
  let most = 0;
  const guess = (network: string, client: string, name: string) =>
    lanes.run(network, client, async () => {
      most = Math.max(most, (working += 1));
      await new Promise(setImmediate);
      order.push(name);
      working -= 1;
      return name;
    });
  return { guess, order, most: () => most };
}

describe('lanes of guesses', () => {
  test('addresses take turns, so a flood of one does not stand before another', async () => {
    const { guess, order } = watched(1);
    const flood = Array.from({ length: 50 }, (_, i) => guess('flooder', `client ${i}`, `flood ${i}`));
    expect(await guess('other', 'client', 'right')).toBe('right');
    expect(order).toEqual(['flood 0', 'flood 1', 'right']);
    await Promise.all(flood);
  });

  test('the clients of an address take turns, and of one client the newest goes first', async () => {
    const { guess, order } = watched(1);
    const all = [
      guess('here', 'a', 'running'),
      guess('here', 'a', 'a1'),
      guess('here', 'a', 'a2'),
      guess('here', 'b', 'b1'),
      guess('here', 'b', 'b2'),
    ];
    await Promise.all(all);
    expect(order).toEqual(['running', 'a2', 'b2', 'a1', 'b1']);
  });

  test('so many work at one time, and what fails is told', async () => {
    const { guess, most } = watched(2);
    await Promise.all(Array.from({ length: 9 }, (_, i) => guess(`address ${i}`, 'client', `${i}`)));
    expect(most()).toBe(2);
    const failing = new GuessLanes(1).run('here', 'a', () => Promise.reject(new Error('no memory')));
    await expect(failing).rejects.toThrow('no memory');
  });

  test('beyond a hundred of one address the oldest of its longest lane is dropped', async () => {
    const { guess } = watched(1);
    const running = guess('here', 'z', 'running');
    const single = guess('here', 'single', 'single');
    const flood = Array.from({ length: 150 }, (_, i) => guess('here', 'flood', `${i}`));
    const other = guess('other', 'flood', 'other');
    const ends = await Promise.all(flood);
    expect(ends.filter((end) => end === 'dropped')).toHaveLength(51);
    expect(ends.lastIndexOf('dropped')).toBe(50);
    expect(await Promise.all([running, single, other])).toEqual(['running', 'single', 'other']);
  });
});
