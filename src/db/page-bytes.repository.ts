/**
 * Most sealed bytes to read at once: for a page, a batch of a file, the applicants that a statement decides on. A full page
 * of real applicants has about 200 KB, but one applicant alone may be as large as an element, or larger after some updates.
 */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Rows in order, cut where more of them would exceed the bytes of a page. */
export interface Stretch<Row> {
  rows: Row[];
  isCut: boolean;
}

/** A row of the statement: `sealed` is null from the cut on. */
export type Bounded<Row extends { sealed: Buffer }> = Omit<Row, 'sealed'> & { sealed: Buffer | null };

/**
 * The statement `rows`, which has a column `sealed`, without `sealed` beyond `MAX_PAGE_BYTES`. Postgres does not read what
 * is left out, because long sealed bytes are stored apart from their rows. The window has no order, so it keeps the order of
 * the statement; ordering again would sort what the index already had in order.
 * @param names the other columns
 * @param atLeast number of rows that are whole, however long they are
 */
export function withinPageBytes(rows: string, names: string, atLeast = 1): string {
  return `select ${names}, case when nth <= ${atLeast} or through <= ${MAX_PAGE_BYTES} then sealed end as sealed
    from (select r.*, row_number() over w as nth, sum(octet_length(r.sealed)) over w as through
      from (${rows}) r window w as (rows unbounded preceding)) r`;
}

/** The rows of such a statement. */
export function stretchOf<Row extends { sealed: Buffer }>(found: Bounded<Row>[]): Stretch<Row> {
  const whole = (row: Bounded<Row>): row is Bounded<Row> & Row => row.sealed !== null;
  const end = found.findIndex((row) => !whole(row));
  return { rows: (end < 0 ? found : found.slice(0, end)).filter(whole), isCut: end >= 0 };
}
