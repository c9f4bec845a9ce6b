import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ResealDto } from '@schema';
import { DataArea } from '../../components/DataArea';
import { Ltr } from '../../components/Ltr';
import { StateBadge } from '../../components/StateBadge';
import { useRefresh } from '../../components/useRefresh';
import { PROGRESS, RESEAL } from './keys';
import { PlacesTable } from './PlacesTable';
import { UnopenedTable } from './UnopenedTable';

const TONES = { none: 'quiet', running: 'busy', finished: 'good', outdated: 'warn' } as const;

/** How far everything has gone over, place by place, and what stays as it is. */
export function ResealProgress() {
  const { t } = useTranslation('keys');
  const query = useQuery(PROGRESS);
  useRefresh(RESEAL, query.data?.state === 'running');
  return (
    <DataArea
      query={query}
      empty={({ state }) =>
        state === 'none'
          ? { kind: 'first', title: t('progress.none'), text: t('progress.noneText') }
          : undefined
      }
    >
      {(reseal) => <Progress reseal={reseal} />}
    </DataArea>
  );
}

function Progress({ reseal: { keyId, state, waitsForKeys, places, rows } }: { reseal: ResealDto }) {
  const { t } = useTranslation('keys');
  return (
    <>
      <Group gap="sm" mb="sm">
        <StateBadge tone={TONES[state]}>{t(`progress.${state}`)}</StateBadge>
        <Text size="sm">
          {t('progress.to')} <Ltr>{keyId}</Ltr>
        </Text>
      </Group>
      {waitsForKeys.length > 0 && (
        <Alert color="yellow" variant="light" mb="sm" title={t('progress.waits')}>
          <Ltr>{waitsForKeys.join(', ')}</Ltr>
        </Alert>
      )}
      <PlacesTable places={places} />
      {rows.length > 0 && <UnopenedTable rows={rows} />}
    </>
  );
}
