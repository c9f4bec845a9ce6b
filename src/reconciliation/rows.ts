/** A row of what `Dto` shows, with its times as Postgres gives them. */
export type RowOf<Dto, Times extends keyof Dto> = Omit<Dto, Times> & {
  [Name in Times]: Date | Extract<Dto[Name], null>;
};

type Shown<Row> = {
  [Name in keyof Row]: Date extends Row[Name] ? string | Exclude<Row[Name], Date> : Row[Name];
};

/** A row as it is shown: its times as ISO 8601 text. */
export function shown<Row extends object>(row: Row): Shown<Row> {
  const fields = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    value instanceof Date ? value.toISOString() : value,
  ]);
  return Object.fromEntries(fields) as Shown<Row>;
}
