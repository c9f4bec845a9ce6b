import { Alert, Button, List, SimpleGrid, Text } from '@mantine/core';
import '@mantine/core/styles/List.css';
import { IconAlertTriangle, IconCertificate, IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SignedStatementDto, StatementDto } from '@schema';
import { FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { saveFile } from '../../components/save-file';
import { Section } from '../../components/Section';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { Days } from './Days';

/** Whether the days are complete, what hinders it, and the numbers behind. */
export function Statement({ signed: { statement, jws } }: { signed: SignedStatementDto }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const { expected, received, late, healed, ignored, open, longestLateSeconds } = statement;
  const save = () => saveFile(new Blob([jws], { type: 'application/jose' }), nameOf(statement));
  return (
    <>
      <Verdict statement={statement} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Section title={t('statement.counts')}>
          <FactList
            facts={[
              [t('statement.expected'), format.number(expected)],
              [t('statement.received'), format.number(received)],
              [t('statement.late'), format.number(late)],
              longestLateSeconds === null
                ? undefined
                : [t('statement.longest'), format.duration(longestLateSeconds)],
              [t('statement.healed'), format.number(healed)],
              [t('statement.ignored'), format.number(ignored)],
              [t('statement.open'), format.number(open)],
            ]}
          />
        </Section>
        <Section
          title={t('statement.signed')}
          actions={
            <Button variant="default" size="xs" leftSection={<IconDownload size={14} />} onClick={save}>
              {t('statement.save')}
            </Button>
          }
        >
          <FactList
            facts={[
              [t('statement.issuer'), <Ltr key="issuer">{statement.issuer}</Ltr>],
              [t('statement.statedAt'), <When key="at" at={statement.statedAt} />],
              [t('column.range'), <Days key="days" {...statement.period} />],
              [t('statement.runs'), format.number(statement.runs.length)],
            ]}
          />
          <Text size="sm" c="dimmed" mt="sm">
            {t('statement.signedText')}
          </Text>
        </Section>
      </SimpleGrid>
    </>
  );
}

function Verdict({ statement }: { statement: StatementDto }) {
  const { t } = useTranslation('reconciliation');
  if (statement.complete)
    return (
      <Alert color="teal" variant="light" icon={<IconCertificate />} mb="md" title={t('verdict.complete')}>
        {t('verdict.completeText', { count: statement.expected })}
      </Alert>
    );
  const { expected, received, uncovered, open, quarantined, refused, pending } = statement;
  const counts = { absent: expected - received, open, quarantined, refused, pending };
  const names = Object.keys(counts) as (keyof typeof counts)[];
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle />}
      mb="md"
      title={t('verdict.incomplete')}
    >
      <List size="sm">
        {uncovered.map((period) => (
          <List.Item key={period.from}>
            {t('verdict.uncovered')} <When at={period.from} /> – <When at={period.to} />
          </List.Item>
        ))}
        {names
          .filter((name) => counts[name] > 0)
          .map((name) => (
            <List.Item key={name}>{t(`verdict.${name}`, { count: counts[name] })}</List.Item>
          ))}
      </List>
    </Alert>
  );
}

const nameOf = ({ period: { from, to } }: StatementDto) =>
  `statement-${from.slice(0, 10)}-${to.slice(0, 10)}.jws`;
