import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { useCan } from '../../app/session';
import { DataArea, SkeletonRows } from '../../components/DataArea';
import { Dialog } from '../../components/Dialog';
import { FactList } from '../../components/FactList';
import { useChange } from '../../components/useChange';
import { useFormat } from '../../i18n/format';
import { RUNS } from './runs';

/** Counts what is due, and only then lets somebody remove it. */
export function RunDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('compliance');
  const can = useCan();
  const format = useFormat();
  const preview = useQuery({
    queryKey: ['/api/v1/retention/preview'],
    queryFn: () => answerOf(api.POST('/api/v1/retention/preview')),
    staleTime: 0,
    gcTime: 0,
  });
  const run = useChange({
    run: () => answerOf(api.POST(RUNS)),
    lists: [RUNS],
    said: () => t('retention.begun'),
    onDone: onClose,
    isShownInPlace: true,
  });
  const due = preview.data?.classes.reduce((total, one) => total + one.due, 0) ?? 0;
  return (
    <Dialog
      title={t('retention.due')}
      error={run.error}
      act={
        can('retention:write')
          ? {
              label: t('retention.remove'),
              run: () => run.mutate(),
              isRunning: run.isPending,
              isOff: due === 0,
              isDanger: true,
            }
          : undefined
      }
      onClose={onClose}
    >
      <DataArea query={preview} skeleton={<SkeletonRows />}>
        {({ classes, heldApplicants }) => (
          <>
            <FactList
              facts={classes.map((one) => [
                t(`class.${one.class}`),
                t('retention.dueOf', { due: format.number(one.due), held: format.number(one.held) }),
              ])}
            />
            <Text size="sm" c="dimmed">
              {t('retention.held', { count: heldApplicants })}
            </Text>
          </>
        )}
      </DataArea>
    </Dialog>
  );
}
