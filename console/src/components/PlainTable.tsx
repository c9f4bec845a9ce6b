import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<Row> {
  /** Unique in the table. */
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  isNumber?: boolean;
}

interface Props<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  idOf: (row: Row) => string;
  /** Of what was there before, while the next is loading. */
  isStale?: boolean;
}

/** Rows that are there already; what is narrower than they are scrolls. */
export function PlainTable<Row>({ label, rows, columns, idOf, isStale = false }: Props<Row>) {
  return (
    <Table.ScrollContainer
      minWidth={720}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label, role: 'region' } }}
    >
      <Table
        highlightOnHover
        verticalSpacing={6}
        aria-label={label}
        className="data-table"
        data-stale={isStale}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ id, header, isNumber }) => (
              <Table.Th key={id} scope="col" data-number={isNumber}>
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={idOf(row)}>
              {columns.map(({ id, cell, isNumber }) => (
                <Table.Td key={id} data-number={isNumber}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
