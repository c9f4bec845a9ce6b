import { ProgressBar } from './progress.js';

function barOn(isTTY: boolean) {
  const drawn: string[] = [];
  const write = (text: string) => Boolean(drawn.push(text.replace('\r\x1b[K', '')));
  return {
    drawn,
    bar: new ProgressBar({ isTTY, write }),
  };
}

test('on a terminal the empty bar shows at once, and a second walk begins at its beginning', () => {
  const { drawn, bar } = barOn(true);
  expect(drawn).toEqual([`[${' '.repeat(30)}]   0 %`]);
  bar.show(0.5, 50, '50 counted');
  bar.show(0, 0, '0 due');
  expect(drawn.slice(1)).toEqual([
    expect.stringMatching(/^\[={15} {15}\] {2}50 % {2}50 counted {2}\d+\/s$/),
    `[${' '.repeat(30)}]   0 %  0 due  0/s`,
  ]);
  bar.show(1.2, 120, 'more than was counted');
  bar.show(0.1, 1, 'again');
  expect(drawn.at(-1)).toMatch(/^\[={3} {27}\]/);
});

test('elsewhere it is a line now and then, and nothing before there is something to say', () => {
  const { drawn, bar } = barOn(false);
  expect(drawn).toEqual([]);
  bar.show(0.25, 1, 'one');
  bar.show(0.5, 2, 'two');
  expect(drawn).toEqual([expect.stringMatching(/^25 % {2}one {2}\d+\/s\n$/)]);
});
