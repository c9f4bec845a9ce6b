export interface Line {
  label: string;
  /** One per bucket; null: there is nothing to show. */
  values: (number | null)[];
  /** A colour of Mantine, as `teal`. */
  colour: 'teal' | 'red' | 'orange' | 'gray' | 'petrol' | 'violet';
}

export interface ChartOf {
  /** `stack`: bars, one series upon the other. `line`: lines from 0. */
  kind: 'stack' | 'line';
  /** `moment`: each stands for itself. */
  bucket: 'hour' | 'day' | 'none' | 'moment';
  /** Start of each bucket, oldest first. */
  starts: string[];
  lines: Line[];
  /** How a value is written. */
  show: (value: number) => string;
}
