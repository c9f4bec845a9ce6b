import { Badge, Group, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconMinus,
  IconPlayerPlay,
  IconQuestionMark,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FindingDto, IntegrationCheckDto } from '@schema';
import { Ltr } from '../../components/Ltr';
import { When } from '../../components/When';
import { checkOf } from './checks';

const LOOKS = {
  ok: { color: 'teal', Icon: IconCheck },
  unproven: { color: 'gray', Icon: IconQuestionMark },
  warning: { color: 'orange', Icon: IconAlertTriangle },
  failed: { color: 'red', Icon: IconX },
  skipped: { color: 'gray', Icon: IconMinus },
} as const;

/** What a test found, step by step, marked as Rollcall's own. */
export function Findings({ check: { findings, startedAt, url } }: { check: IntegrationCheckDto }) {
  const { t } = useTranslation('integration');
  const failed = findings.filter(({ status }) => status === 'failed').length;
  return (
    <>
      <Group gap="xs" mt="sm">
        <Badge variant="outline" tt="none" leftSection={<IconPlayerPlay size={12} aria-hidden />}>
          {t('test.playedBy')}
        </Badge>
        <Text size="sm" c="dimmed" component="div">
          <Ltr>{url}</Ltr> · <When at={startedAt} />
        </Text>
      </Group>
      <Text size="sm" fw={600} role="status" mt="xs">
        {failed === 0 ? t('test.allGood') : t('test.failed', { count: failed })}
      </Text>
      <ol className="lights" aria-label={t('test.findings')}>
        {findings.map((finding) => (
          <li key={finding.check}>
            <OneFinding finding={finding} />
          </li>
        ))}
      </ol>
    </>
  );
}

function OneFinding({ finding: { check, status, found, fix } }: { finding: FindingDto }) {
  const { t } = useTranslation('integration');
  const { color, Icon } = LOOKS[status];
  const { name, what } = checkOf(check);
  return (
    <div className="finding">
      <Badge color={color} variant="light" tt="none" leftSection={<Icon size={12} aria-hidden />}>
        {t(`finding.${status}`)}
      </Badge>
      <Text size="sm" fw={600}>
        {name === undefined ? <Ltr>{check}</Ltr> : t(`check.${name}`)}
        {what !== undefined && (
          <>
            {': '}
            <Ltr>{what}</Ltr>
          </>
        )}
      </Text>
      <div>
        <Text size="sm">
          <bdi lang="en">{found}</bdi>
        </Text>
        {fix !== null && (
          <Text size="sm" c="dimmed">
            {t('test.fix')} <bdi lang="en">{fix}</bdi>
          </Text>
        )}
      </div>
    </div>
  );
}
