import { Alert, Button, SimpleGrid } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { MirrorStatusDto } from '@schema';
import { useCan } from '../../app/session';
import { DataArea } from '../../components/DataArea';
import { Ltr } from '../../components/Ltr';
import { PageHeader } from '../../components/PageHeader';
import { useChange } from '../../components/useChange';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { Card } from './Card';
import { RetryDialog } from './RetryDialog';
import { STATUS } from './status';

const EVERY_MS = 15_000;

/** How far the mirror of images is, and what holds it up. */
export function Component() {
  const { t } = useTranslation('images');
  const can = useCan();
  const [isRetrying, setIsRetrying] = useState(false);
  const query = useQuery({
    queryKey: [STATUS],
    queryFn: ({ signal }) => answerOf(api.GET(STATUS, { signal })),
    refetchInterval: EVERY_MS,
  });
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('admin') && query.data !== undefined && (
          <>
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} />}
              onClick={() => setIsRetrying(true)}
            >
              {t('retry.open')}
            </Button>
            <PauseButton status={query.data} />
          </>
        )}
      </PageHeader>
      <DataArea query={query}>{(status) => <Status status={status} />}</DataArea>
      {isRetrying && query.data !== undefined && (
        <RetryDialog counts={query.data.counts} onClose={() => setIsRetrying(false)} />
      )}
    </>
  );
}

function PauseButton({ status: { paused } }: { status: MirrorStatusDto }) {
  const { t } = useTranslation('images');
  const isPaused = paused !== null;
  const change = useChange({
    run: () => answerOf(isPaused ? api.POST('/api/v1/images/resume') : api.POST('/api/v1/images/pause')),
    lists: [STATUS],
    said: (now) => (now.paused === null ? t('resumed') : t('paused')),
  });
  return (
    <Button
      variant={isPaused ? 'filled' : 'default'}
      leftSection={isPaused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
      loading={change.isPending}
      onClick={() => change.mutate()}
    >
      {isPaused ? t('resume') : t('pause')}
    </Button>
  );
}

function Status({ status }: { status: MirrorStatusDto }) {
  const { t } = useTranslation('images');
  const format = useFormat();
  const { configured, counts, fault, paused, store, storedBytes, storedImages } = status;
  return (
    <>
      {!configured && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} mb="md" title={t('off.title')}>
          {t('off.text')}
        </Alert>
      )}
      {paused !== null && (
        <Alert color="yellow" variant="light" icon={<IconPlayerPause />} mb="md" title={t('pausedSince')}>
          <When at={paused.at} /> · <Ltr>{paused.by}</Ltr>
        </Alert>
      )}
      {fault !== null && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle />} mb="md" title={t('fault')}>
          <Ltr>{fault.code}</Ltr> · <When at={fault.since} />
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} component="dl" className="image-cards">
        <Card label={t('count.wanted')} value={format.number(counts.wanted)} text={t('meaning.wanted')} />
        <Card label={t('count.fetched')} value={format.number(counts.fetched)} text={t('meaning.fetched')} />
        <Card label={t('count.missing')} value={format.number(counts.missing)} text={t('meaning.missing')} />
        <Card
          label={t('count.notImage')}
          value={format.number(counts.notImage)}
          text={t('meaning.notImage')}
        />
        <Card label={t('count.failed')} value={format.number(counts.failed)} text={t('meaning.failed')} />
        <Card
          label={t('count.stored')}
          value={format.number(storedImages)}
          text={t(`stored.${store}`, { megabytes: format.number(Math.ceil(storedBytes / 1_000_000)) })}
        />
      </SimpleGrid>
    </>
  );
}
