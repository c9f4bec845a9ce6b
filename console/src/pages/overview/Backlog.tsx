import { Skeleton } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EndpointDto } from '@schema';
import { useLive } from '../../app/live';
import { DataArea } from '../../components/DataArea';
import { Section } from '../../components/Section';
import { Bars } from './Bars';
import { endpoint, ENDPOINTS } from './queries';

/** Deliveries that wait or were given up, of each endpoint. */
export function Backlog() {
  const { t } = useTranslation('overview');
  const query = useQuery(ENDPOINTS);
  return (
    <Section title={t('backlog.title')}>
      <DataArea
        query={query}
        skeleton={<Skeleton height={220} />}
        empty={({ items }) => (items.length === 0 ? { kind: 'first', title: t('backlog.none') } : undefined)}
      >
        {({ items }) => <OfEach endpoints={items} />}
      </DataArea>
    </Section>
  );
}

/** The list of the API has no backlog: each endpoint is asked for its own. */
function OfEach({ endpoints }: { endpoints: EndpointDto[] }) {
  const { t } = useTranslation('overview');
  const live = useLive('deliveries');
  const answers = useQueries({ queries: endpoints.map(({ id }) => ({ ...endpoint(id), ...live })) });
  const bars = answers.flatMap(({ data }) => {
    if (data === undefined) return [];
    const { id, name, backlog } = data;
    const to = `/endpoints/${id}`;
    const waiting = { id, name, to, value: backlog.due };
    return backlog.dead === 0
      ? [waiting]
      : [
          waiting,
          { id: `${id} dead`, name: t('backlog.dead', { name }), to, value: backlog.dead, isBad: true },
        ];
  });
  return <Bars label={t('backlog.title')} bars={bars} />;
}
