import { Anchor, SimpleGrid, Skeleton } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useCan } from '../../app/session';
import { DataArea } from '../../components/DataArea';
import { PageHeader } from '../../components/PageHeader';
import { Section } from '../../components/Section';
import { Deliveries } from './Deliveries';
import { EndpointActions } from './EndpointActions';
import { HealthFacts, SettingFacts } from './EndpointFacts';
import { readEndpoint } from './read';

/** One endpoint: how it goes, what it is sent, and its deliveries. */
export function Component() {
  const { t } = useTranslation('endpoints');
  const can = useCan();
  const { endpointId = '' } = useParams();
  const query = useQuery(readEndpoint(endpointId));
  const endpoint = query.data;
  return (
    <>
      <Anchor component={Link} to="/endpoints" size="sm" className="row-link">
        <IconArrowLeft size={14} className="turns" aria-hidden /> {t('title')}
      </Anchor>
      <PageHeader title={endpoint?.name ?? t('endpoint')}>
        {endpoint !== undefined && can('endpoints:write') && <EndpointActions endpoint={endpoint} />}
      </PageHeader>
      <DataArea query={query} skeleton={<Skeleton height={280} />}>
        {(found) => (
          <>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing={0}>
              <Section title={t('section.health')}>
                <HealthFacts endpoint={found} />
              </Section>
              <Section title={t('section.settings')}>
                <SettingFacts endpoint={found} />
              </Section>
            </SimpleGrid>
            <Section title={t('section.deliveries')}>
              <Deliveries endpointId={found.id} />
            </Section>
          </>
        )}
      </DataArea>
    </>
  );
}
