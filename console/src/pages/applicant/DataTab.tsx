import { Alert, Button, Grid, Group, Paper, Stack, Text, Title } from '@mantine/core';
import '@mantine/core/styles/Grid.css';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApplicantDto } from '@schema';
import { useCan } from '../../app/session';
import { DataArea } from '../../components/DataArea';
import { FilterDay } from '../../components/FilterDay';
import { Ltr } from '../../components/Ltr';
import { RevealNotice } from '../../components/RevealNotice';
import { RevealRequests } from '../../components/RevealRequests';
import { RowLink } from '../../components/RowLink';
import { useFilters } from '../../components/useFilters';
import { Fields } from './Fields';
import { Holds } from './Holds';
import { Images } from './Images';
import { useRevealOf } from './revealing';
import { useWords } from './words';

interface Props {
  applicantId: string;
  query: UseQueryResult<ApplicantDto, Error>;
  /** Whether the state of now is shown. */
  isNow: boolean;
}

/** What is known of an applicant, now or at the end of a day. */
export function DataTab({ applicantId, query, isNow }: Props) {
  const can = useCan();
  const words = useWords();
  const reveal = useRevealOf(applicantId);
  const mayReveal = isNow && can('applicants:reveal');
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="md">
          <AsOf isNow={isNow} version={query.data?.version} />
          <RevealNotice reveal={reveal} nameOf={words.field} />
          <DataArea query={query}>
            {(applicant) => <Fields applicant={applicant} reveal={mayReveal ? reveal : undefined} />}
          </DataArea>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack gap="md">
          {can('applicants:reveal') && <RevealRequests of={{ applicantId }} nameOf={words.field} />}
          {can('holds:read') && <Holds applicantId={applicantId} />}
          <Images applicantId={applicantId} reveal={mayReveal && can('images:read') ? reveal : undefined} />
          {query.data !== undefined && <SamePerson applicantIds={query.data.samePerson} />}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

function AsOf({ isNow, version }: { isNow: boolean; version: number | undefined }) {
  const { t } = useTranslation('applicant');
  const filters = useFilters(['asOf']);
  return (
    <Group gap="sm" align="flex-end">
      <FilterDay filters={filters} name="asOf" label={t('asOf.label')} />
      {!isNow && (
        <>
          <Button variant="default" size="xs" onClick={() => filters.set('asOf', null)}>
            {t('asOf.now')}
          </Button>
          {version !== undefined && (
            <Alert color="yellow" variant="light" py={4} px="sm" role="status">
              <Text size="sm">{t('asOf.text', { number: version })}</Text>
            </Alert>
          )}
        </>
      )}
    </Group>
  );
}

function SamePerson({ applicantIds }: { applicantIds: string[] }) {
  const { t } = useTranslation('applicant');
  if (applicantIds.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="same-person">
      <Title order={2} size="sm" id="same-person">
        {t('samePerson.title')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('samePerson.text')}
      </Text>
      <ul className="plain-list">
        {applicantIds.map((id) => (
          <li key={id}>
            <RowLink to={`/applicants/${encodeURIComponent(id)}`}>
              <Ltr>{id}</Ltr>
            </RowLink>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
