import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DataArea, type Empty, SkeletonRows } from './DataArea';
import { type Column, PlainTable } from './PlainTable';
import type { Page, Pages } from './usePages';

export type { Column };

interface Props<Row> {
  /** What the table lists, for screen readers. */
  label: string;
  pages: Pages<Row>;
  columns: readonly Column<Row>[];
  idOf: (row: Row) => string;
  /** What stands there instead where no row is on the first page. */
  empty: Empty;
}

/**
 * A list of the API as a table with Previous and Next. The cell that leads to a row's own page holds a `<RowLink>`; the keys j and k
 * move between those.
 */
export function DataTable<Row>({ label, pages, columns, idOf, empty }: Props<Row>) {
  const isEmpty = ({ items }: Page<Row>) =>
    items.length === 0 && pages.previous === undefined ? empty : undefined;
  return (
    <DataArea query={pages.query} empty={isEmpty} skeleton={<SkeletonRows rows={12} />}>
      {({ items }) => (
        <>
          <PlainTable
            label={label}
            rows={items}
            columns={columns}
            idOf={idOf}
            isStale={pages.query.isPlaceholderData}
          />
          <Pager pages={pages} />
        </>
      )}
    </DataArea>
  );
}

function Pager<Row>({ pages: { number, next, previous } }: { pages: Pages<Row> }) {
  const { t } = useTranslation('common');
  if (next === undefined && previous === undefined) return null;
  return (
    <Group justify="flex-end" mt="sm" component="nav" aria-label={t('pager.label')}>
      {number !== undefined && <Text size="sm">{t('pager.page', { number })}</Text>}
      <Button
        variant="default"
        size="xs"
        disabled={previous === undefined}
        onClick={previous}
        leftSection={<IconChevronLeft size={14} className="turns" />}
      >
        {number === undefined ? t('pager.first') : t('pager.previous')}
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={next === undefined}
        onClick={next}
        rightSection={<IconChevronRight size={14} className="turns" />}
      >
        {t('pager.next')}
      </Button>
    </Group>
  );
}
