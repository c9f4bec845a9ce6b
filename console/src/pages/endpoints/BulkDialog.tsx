import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { useChange } from '../../components/useChange';
import { startOfDay } from '../../i18n/format';

/** recover: what was given up is tried again. replay: events without a delivery are queued. */
type Verb = 'recover' | 'replay';

/** Deliveries since a day of Cairo, counted first. */
export function BulkDialog({ id, verb, onClose }: { id: string; verb: Verb; onClose: () => void }) {
  const { t } = useTranslation('endpoints');
  const [day, setDay] = useState('');
  const trial = useQuery({
    queryKey: ['/api/v1/endpoints', id, verb, day],
    queryFn: () => send(id, verb, day, true),
    enabled: day !== '',
    gcTime: 0,
  });
  const sending = useChange({
    run: () => send(id, verb, day, false),
    lists: ['/api/v1/endpoints'],
    said: (count) => t('queued', { count }),
    onDone: onClose,
    isShownInPlace: true,
  });
  const count = trial.data;
  return (
    <Dialog
      title={t(`bulkTitle.${verb}`)}
      error={sending.error ?? trial.error}
      act={{
        label: t('queue', { count: count ?? 0 }),
        run: sending.mutate,
        isRunning: sending.isPending,
        isOff: count === undefined || count === 0,
      }}
      onClose={onClose}
    >
      <Text size="sm">{t(`bulkText.${verb}`)}</Text>
      <TextInput
        type="date"
        label={t('since')}
        value={day}
        data-autofocus
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <Text size="sm" fw={600} role="status">
        {count === undefined ? '' : t('wouldQueue', { count })}
      </Text>
    </Dialog>
  );
}

/** By as many calls as it takes. @returns how many deliveries are due by it, or would be */
async function send(id: string, verb: Verb, day: string, dryRun: boolean): Promise<number> {
  const since = startOfDay(day).toISOString();
  const params = { path: { id } };
  let count = 0;
  let cursor: string | undefined;
  do {
    const body = { since, dryRun, cursor };
    const answer = await answerOf(
      verb === 'recover'
        ? api.POST('/api/v1/endpoints/{id}/recover', { params, body })
        : api.POST('/api/v1/endpoints/{id}/replay', { params, body }),
    );
    count += answer.count;
    cursor = answer.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return count;
}
