import { Alert } from '@mantine/core';
import { useIdle } from '@mantine/hooks';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import { saysAway } from '../api/problem';
import { setLive } from './live';
import { followLive } from './live-stream';
import { useCan } from './session';

const TRY_MS = 4_000;
/** A screen that refreshes itself keeps the session alive; where nobody is, the session must end. */
const IDLE_MS = 5 * 60_000;

/** Says that what is shown does not move, while the server is away. */
export function LiveBar() {
  const { t } = useTranslation('common');
  const isIdle = useIdle(IDLE_MS, { initialState: false });
  useEffect(() => setLive({ isIdle }), [isIdle]);
  useLiveStream();
  const isAway = useIsAway();
  return (
    <div role="status">
      {isAway && (
        <Alert
          color="orange"
          variant="light"
          mb="md"
          p="xs"
          icon={<IconPlugConnectedX />}
          title={t('live.away')}
        />
      )}
    </div>
  );
}

function useLiveStream(): void {
  const queries = useQueryClient();
  const can = useCan();
  const mayWatch = can('stats:read');
  useEffect(() => (mayWatch ? followLive(queries) : undefined), [queries, mayWatch]);
}

/** Whether the last answer of any query was that there is none; asks until there is one again. */
function useIsAway(): boolean {
  const queries = useQueryClient();
  const [isAway, setIsAway] = useState(false);
  useEffect(
    () =>
      queries.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated') return;
        const { action } = event;
        if (action.type === 'success') setIsAway(false);
        else if (action.type === 'failed' || action.type === 'error') setIsAway(saysAway(action.error));
      }),
    [queries],
  );
  useQuery({
    queryKey: ['live', 'away'],
    queryFn: async () => {
      const me = await answerOf(api.GET('/api/v1/me'));
      // in this window an answer came again: what failed meanwhile is asked for once more
      void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
      return me.name;
    },
    enabled: isAway,
    refetchInterval: TRY_MS,
    retry: false,
    gcTime: 0,
  });
  return isAway;
}
