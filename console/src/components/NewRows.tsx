import { Button } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type LiveTopic, useLive } from '../app/live';
import type { Page, Pages } from './usePages';

interface Props<Row> {
  pages: Pages<Row>;
  /** What moves when a row comes. */
  topic: LiveTopic;
  /** As of `usePages`. */
  queryKey: readonly unknown[];
  /** Asks for the first page. */
  read: (signal: AbortSignal) => Promise<Page<Row>>;
  idOf: (row: Row) => string;
}

/** Says above the first page of a list how many rows have come since. No row moves before somebody asks for it. */
export function NewRows<Row>({ pages, topic, queryKey, read, idOf }: Props<Row>) {
  const { t } = useTranslation('common');
  const shown = pages.number === 1 ? pages.query.data : undefined;
  const newest = useQuery({
    queryKey: [...queryKey, 'newest'],
    queryFn: ({ signal }) => read(signal),
    enabled: shown !== undefined,
    ...useLive(topic),
  });
  const known = new Set(shown?.items.map(idOf));
  const count = shown && newest.data?.items.filter((row) => !known.has(idOf(row))).length;
  return (
    <div role="status">
      {count !== undefined && count > 0 && (
        <Button
          size="compact-sm"
          variant="light"
          mb="xs"
          leftSection={<IconArrowUp size={14} />}
          onClick={() => void pages.query.refetch()}
        >
          {t('live.new', { count })}
        </Button>
      )}
    </div>
  );
}
