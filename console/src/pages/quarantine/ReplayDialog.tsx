import { Group, Loader, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from '../../app/toast';
import { answerOf, api } from '../../api/client';
import type { ReplayBody } from '@schema';
import { Dialog } from '../../components/Dialog';
import { causeOf } from './causes';

type Request = Pick<ReplayBody, 'ids' | 'filter'>;

interface Counts {
  passing: number;
  failing: number;
  /** Codes of those that fail, each once. */
  codes: string[];
}

/** Sends elements in again as they were received. First it counts: how many would be taken, and how many still not. */
export function ReplayDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { t } = useTranslation('quarantine');
  const queries = useQueryClient();
  const trial = useQuery({
    queryKey: ['/api/v1/quarantine', 'trial', request],
    queryFn: () => replay(request, true),
    gcTime: 0,
  });
  const sending = useMutation({
    meta: { isShownInPlace: true },
    mutationFn: () => replay(request, false),
    onSuccess: ({ passing, failing }) => {
      toast({
        color: failing === 0 ? 'teal' : 'orange',
        title: t('replay.taken', { count: passing }),
        message: t('replay.stillRefused', { count: failing }),
      });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['/api/v1/quarantine'] }),
  });
  const counts = trial.data;
  return (
    <Dialog
      title={t('replay.title')}
      error={sending.error ?? trial.error}
      act={{
        label: t('replay.send', { count: counts?.passing ?? 0 }),
        run: sending.mutate,
        isRunning: sending.isPending,
        isOff: (counts?.passing ?? 0) === 0,
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('replay.text')}</Text>
      {trial.isPending && (
        <Group gap="xs" role="status">
          <Loader size="xs" />
          <Text size="sm">{t('replay.counting')}</Text>
        </Group>
      )}
      {counts !== undefined && (
        <div role="status">
          <Text size="sm" fw={600}>
            {t('replay.wouldPass', { count: counts.passing })}
          </Text>
          <Text size="sm">{t('replay.wouldFail', { count: counts.failing })}</Text>
        </div>
      )}
      {counts !== undefined && counts.failing > 0 && (
        <Text size="sm" c="dimmed">
          {counts.codes.map((code) => t(`cause.${causeOf(code)}`)).join(' · ')}
        </Text>
      )}
    </Dialog>
  );
}

/** All of them, by as many calls as it takes. */
async function replay(request: Request, dryRun: boolean): Promise<Counts> {
  const counts: Counts = { passing: 0, failing: 0, codes: [] };
  const codes = new Set<string>();
  let cursor: string | undefined;
  do {
    const body = { ...request, dryRun, cursor };
    const answer = await answerOf(api.POST('/api/v1/quarantine/replay', { body }));
    counts.passing += answer.passing;
    counts.failing += answer.failing;
    for (const { code } of answer.items) if (code !== null) codes.add(code);
    cursor = answer.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { ...counts, codes: [...codes] };
}
