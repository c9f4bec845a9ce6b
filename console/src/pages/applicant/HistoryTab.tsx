import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { VersionDto } from '@schema';
import { useCan } from '../../app/session';
import { DataArea } from '../../components/DataArea';
import { OutcomeBadge } from '../../components/OutcomeBadge';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { Differences } from './Differences';
import { readFlag } from './fields';
import { useWords } from './words';

const MOST = 200;

/** Every version, newest first, and how its fields differ from the one before. */
export function HistoryTab({ applicantId }: { applicantId: string }) {
  const { t } = useTranslation('applicant');
  const query = useQuery({
    queryKey: ['applicant', applicantId, 'versions'],
    queryFn: ({ signal }) => readVersions(applicantId, signal),
  });
  return (
    <DataArea
      query={query}
      empty={(all) => (all.length > 0 ? undefined : { kind: 'first', title: t('noVersion') })}
    >
      {(versions) => (
        <ol className="plain-list versions" reversed>
          {versions.map((version) => (
            <Version key={version.version} version={version} />
          ))}
        </ol>
      )}
    </DataArea>
  );
}

/** The API has the oldest first. */
async function readVersions(applicantId: string, signal: AbortSignal): Promise<VersionDto[]> {
  const all: VersionDto[] = [];
  let cursor: string | undefined;
  do {
    const params = { path: { applicantId }, query: { limit: MOST, cursor } };
    const call = api.GET('/api/v1/applicants/{applicantId}/versions', { params, signal });
    const { items, nextCursor } = await answerOf(call);
    all.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all.reverse();
}

function Version({ version: one }: { version: VersionDto }) {
  const { t } = useTranslation('applicant');
  const words = useWords();
  const format = useFormat();
  const can = useCan();
  const isFirst = one.previousOutcome === null;
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" gap="sm" mb="xs">
        <Group gap="sm">
          <Title order={2} size="sm">
            {t('version', { number: format.number(one.version) })}
          </Title>
          <OutcomeBadge outcome={one.outcome} />
          {one.tampered === true && (
            <Badge color="red" variant="light" tt="none">
              {t('tampered.title')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          <When at={one.changedAt} />
        </Text>
      </Group>
      <Stack gap="xs">
        <Group gap="md">
          <Text size="sm">
            {words.source(one.source)}
            {' · '}
            {words.kind(one.kind)}
          </Text>
          {can('receipts:read') && (
            <Button component={Link} to={`/receipts/${one.receiptId}`} variant="subtle" size="compact-sm">
              {t('receipt')}
            </Button>
          )}
          {one.revertsTo !== null && (
            <Text size="sm">{t('reverts', { number: format.number(one.revertsTo) })}</Text>
          )}
        </Group>
        {one.flags.length > 0 && (
          <Text size="sm" className="doubt">
            {one.flags.map((flag) => words.flag(readFlag(flag))).join(t('separator'))}
          </Text>
        )}
        <Differences differences={one.differences} isFirst={isFirst} />
      </Stack>
    </Paper>
  );
}
