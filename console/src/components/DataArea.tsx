import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCircleCheck, IconFilterOff, IconInbox } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/problem';
import { useFormat } from '../i18n/format';
import { NoPermission, Notice } from './Notices';
import { Problem } from './Problem';

const LONG_MS = 10_000;

/** Why there is nothing: not yet, not with this filter, or because all is well. */
export interface Empty {
  kind: 'first' | 'filtered' | 'good';
  title: string;
  text?: string;
  /** What to do next. */
  action?: { label: string; run: () => void };
}

interface Props<Data> {
  query: UseQueryResult<Data, Error>;
  /** Undefined where there is something to show. */
  empty?: (data: Data) => Empty | undefined;
  /** What holds the place of the data: as large as the data will be. */
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}

/**
 * Where data is shown. Its states: loading, loading for long, no permission, failed, failed with what was known before (stale),
 * empty of three kinds, shown.
 */
export function DataArea<Data>({ query, empty, skeleton, children }: Props<Data>) {
  const { data, error, isPending } = query;
  const retry = () => void query.refetch();
  if (isPending) return <Loading retry={retry}>{skeleton ?? <SkeletonRows />}</Loading>;
  if (data === undefined) return <Failed error={error} retry={retry} />;
  const nothing = empty?.(data);
  return (
    <>
      {error !== null && <Stale error={error} since={query.dataUpdatedAt} retry={retry} />}
      {nothing === undefined ? children(data) : <Nothing empty={nothing} />}
    </>
  );
}

/** Lines that will be rows. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  return (
    <Stack gap="xs" aria-hidden>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={34} radius="sm" />
      ))}
    </Stack>
  );
}

function Loading({ retry, children }: { retry: () => void; children: ReactNode }) {
  const { t } = useTranslation('common');
  const [isLong, setIsLong] = useState(false);
  useTimeout(() => setIsLong(true), LONG_MS, { autoInvoke: true });
  return (
    <div aria-busy="true" role="status" aria-label={t('loading')}>
      {isLong && (
        <Group mb="sm">
          <Text size="sm">{t('stillLoading')}</Text>
          <Button size="compact-sm" variant="default" onClick={retry}>
            {t('retry')}
          </Button>
        </Group>
      )}
      {children}
    </div>
  );
}

function Failed({ error, retry }: { error: Error | null; retry: () => void }) {
  if (error instanceof ApiError && error.code === 'INSUFFICIENT_SCOPE') return <NoPermission />;
  return error === null ? null : <Problem error={error} onRetry={retry} />;
}

function Stale({ error, since, retry }: { error: Error; since: number; retry: () => void }) {
  const { t } = useTranslation('common');
  const format = useFormat();
  return (
    <Alert color="yellow" variant="light" mb="sm" role="status">
      <Group gap="sm">
        <Text size="sm">{t('stale', { time: format.clock(new Date(since)) })}</Text>
        {error instanceof ApiError && (
          <Text size="xs" span>
            <bdi dir="ltr">{error.code}</bdi>
          </Text>
        )}
        <Button size="compact-sm" variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      </Group>
    </Alert>
  );
}

const ICONS = { first: IconInbox, filtered: IconFilterOff, good: IconCircleCheck };

function Nothing({ empty: { kind, title, text, action } }: { empty: Empty }) {
  const Icon = ICONS[kind];
  return (
    <Notice icon={<Icon size={28} />} title={title}>
      {text}
      {action !== undefined && (
        <Button mt="sm" variant="default" onClick={action.run}>
          {action.label}
        </Button>
      )}
    </Notice>
  );
}
