import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ApplicantDto } from '@schema';
import { Copy } from '../../components/Copy';
import { HelpLink } from '../../components/HelpLink';
import { Name } from '../../components/Name';
import { OutcomeBadge } from '../../components/OutcomeBadge';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { readFlag } from './fields';
import { PrivacyMenu } from './PrivacyMenu';
import { useWords } from './words';

/** Who it is, and what stands out. The window's title has no name: it stays in the browser's history. */
export function ApplicantHeader({ applicant }: { applicant: ApplicantDto }) {
  const { t } = useTranslation('applicant');
  const words = useWords();
  const format = useFormat();
  const { applicantId, firstName, familyName, outcome, version, flags, lastReceivedAt } = applicant;
  useDocumentTitle(`${t('title')} · Rollcall`);
  const name = [firstName, familyName].filter(Boolean).join(' ');
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <Stack gap={6}>
        <Group gap="sm">
          <Title order={1} size="h3">
            <Name>{name || t('unnamed')}</Name>
          </Title>
          <OutcomeBadge outcome={outcome} />
          <Badge color="gray" variant="light" tt="none">
            {t('version', { number: format.number(version) })}
          </Badge>
          <HelpLink />
        </Group>
        <Group gap="md">
          <Text size="sm" c="dimmed" component="div">
            {words.field('applicantId')} <Copy value={applicantId} label={words.field('applicantId')} />
          </Text>
          <Text size="sm" c="dimmed">
            {t('lastReceived')} <When at={lastReceivedAt} />
          </Text>
        </Group>
        {flags.length > 0 && (
          <Group gap={6} component="ul" className="plain-list" aria-label={t('flags')}>
            {flags.map((flag) => (
              <li key={flag}>
                <Badge color="orange" variant="light" tt="none" className="wraps">
                  {words.flag(readFlag(flag))}
                </Badge>
              </li>
            ))}
          </Group>
        )}
      </Stack>
      <PrivacyMenu applicantId={applicantId} />
    </Group>
  );
}
