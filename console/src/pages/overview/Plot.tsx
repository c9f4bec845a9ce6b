import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme, useDirection } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import './language-tag';
import uPlot from 'uplot';
import type { ChartOf, Line } from './chart.types';

const HEIGHT = 200;
const FONT = "12px 'IBM Plex Sans Arabic', system-ui, sans-serif";
const STEPS = [1, 2, 3, 4, 6, 7, 8, 12, 14, 24];
/** Pixels between two labels. */
const SPACE = 64;

interface Props {
  chart: ChartOf;
  /** The label of a bucket on the axis. */
  labelOf: (start: string) => string;
  /** The bucket that is marked. */
  chosen: number | undefined;
  onPoint: (bucket: number | undefined) => void;
  onPick: (bucket: number) => void;
}

type Calls = Pick<Props, 'labelOf' | 'onPoint' | 'onPick'>;

/** The drawing alone, for eyes: words and keys are around it. It comes in a chunk of its own. */
export function Plot({ chart, labelOf, chosen, onPoint, onPick }: Props) {
  const { ref, width } = useElementSize();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const colours = useComputedColorScheme('light');
  const { dir } = useDirection();
  const key = JSON.stringify([chart.kind, chart.starts, chart.lines]);
  useEffect(() => {
    if (box.current === null || width === 0) return;
    const drawn = new uPlot(
      optionsOf(chart, width, dir, { labelOf, onPoint, onPick }),
      dataOf(chart),
      box.current,
    );
    plot.current = drawn;
    return () => drawn.destroy();
    // the chart is compared by what it shows
  }, [key, width, dir, colours]);
  useEffect(() => {
    const drawn = plot.current;
    if (drawn === undefined) return;
    const left = chosen === undefined ? -10 : drawn.valToPos(chosen, 'x');
    drawn.setCursor({ left, top: chosen === undefined ? -10 : HEIGHT / 3 }, false);
  }, [chosen]);
  return (
    <div ref={ref} className="plot" aria-hidden>
      <div ref={box} dir="ltr" />
    </div>
  );
}

/** Of a stack each series is drawn from 0 up to its sum with those below it, the highest first. */
function dataOf({ kind, starts, lines }: ChartOf): uPlot.AlignedData {
  const xs = starts.map((_, index) => index);
  if (kind === 'line') return [xs, ...lines.map(({ values }) => values)];
  let sums = starts.map(() => 0);
  const stacked = lines.map(({ values }) => (sums = sums.map((sum, index) => sum + (values[index] ?? 0))));
  return [xs, ...stacked.reverse()];
}

function optionsOf(chart: ChartOf, width: number, dir: 'ltr' | 'rtl', calls: Calls): uPlot.Options {
  const { starts, lines, kind } = chart;
  const bars = uPlot.paths.bars?.({ size: [0.72, 36] });
  const series = (kind === 'stack' ? [...lines].reverse() : lines).map((line): uPlot.Series => ({
    stroke: fillOf(line),
    ...(kind === 'stack'
      ? { fill: fillOf(line), paths: bars, width: 0, points: { show: false } }
      : { width: 2, points: { show: starts.length < 40, size: 5, fill: fillOf(line) } }),
  }));
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    padding: [8, 8, 0, 8],
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { show: kind === 'line' },
      bind: { dblclick: () => null },
    },
    scales: {
      x: { time: false, dir: dir === 'rtl' ? -1 : 1, range: () => [-0.5, starts.length - 0.5] },
      y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.08 : 1] },
    },
    axes: axesOf(chart, dir, calls),
    series: [{}, ...series],
    hooks: {
      setCursor: [
        ({ cursor }) => {
          if (cursor.event !== undefined && cursor.event !== null) calls.onPoint(cursor.idx ?? undefined);
        },
      ],
      ready: [
        ({ over, cursor }) => {
          over.addEventListener('click', () => {
            if (typeof cursor.idx === 'number') calls.onPick(cursor.idx);
          });
          over.addEventListener('mouseleave', () => calls.onPoint(undefined));
        },
      ],
    },
  };
}

/** Buckets below, values at the side where reading starts. */
function axesOf({ starts, kind, show }: ChartOf, dir: 'ltr' | 'rtl', { labelOf }: Calls): uPlot.Axis[] {
  const grid = { stroke: colourOf('--mantine-color-default-border'), width: 1 };
  const axis = { stroke: colourOf('--mantine-color-dimmed'), font: FONT, ticks: { show: false } };
  return [
    {
      ...axis,
      grid: { show: false },
      size: 26,
      incrs: STEPS,
      space: SPACE,
      values: (_plot, splits) => splits.map((at) => (starts[at] === undefined ? '' : labelOf(starts[at]))),
    },
    {
      ...axis,
      side: dir === 'rtl' ? 1 : 3,
      grid,
      size: 52,
      values: (_plot, splits) => splits.map((at) => (kind === 'stack' && at % 1 !== 0 ? '' : show(at))),
    },
  ];
}

function fillOf({ colour }: Line): string {
  return colourOf(`--chart-${colour}`);
}

function colourOf(variable: string): string {
  return getComputedStyle(document.body).getPropertyValue(variable).trim();
}
