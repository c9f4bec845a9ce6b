/**
 * Sealed bytes that are read at once: a page, a batch of a file, the applicants that a statement decides on. A full page
 * of real applicants has about 200 KB; one alone may have as much as an element, or more after some updates.
 */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Rows that were read in their order; cut where those behind would have been more bytes than a page may hold. */
export interface Stretch<Row> {
  rows: Row[];
  isCut: boolean;
}

/** A row as the statement answers it: `sealed` is null from where the stretch is cut. */
export type Bounded<Row extends { sealed: Buffer }> = Omit<Row, 'sealed'> & { sealed: Buffer | null };

/**
 * The statement `rows`, which has a column `sealed`, with `sealed` left out behind `MAX_PAGE_BYTES`: what is not shown
 * is not read, since sealed bytes of some length lie apart from their rows. A window without an order takes and leaves
 * the rows in the order of the statement; to order them again would sort all that its index had in order.
 * @param names the other columns
 * @param atLeast so many rows are whole, however long they are
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
