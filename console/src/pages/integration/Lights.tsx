import { Group, List, Text } from '@mantine/core';
import '@mantine/core/styles/List.css';
import { useTranslation } from 'react-i18next';
import type { StatusDto } from '@schema';
import { Light } from '../../components/Light';
import { Ltr } from '../../components/Ltr';
import { refusalOf } from '../../components/refusal-codes';
import { Section } from '../../components/Section';
import { When } from '../../components/When';
import { type Step, useSteps } from './steps';

/** How far the connection has come, step by step, each with what may keep it. */
export function Lights({ status }: { status: StatusDto }) {
  const { t } = useTranslation('integration');
  return (
    <Section title={t('lights.title')}>
      <ol className="lights">
        {useSteps(status).map((step) => (
          <li key={step.name}>
            <OneLight step={step} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

function OneLight({ step: { name, tone, at, address, detail, lastRefusal, causes } }: { step: Step }) {
  const { t } = useTranslation(['integration', 'receipts']);
  const isRefusedSince = lastRefusal !== undefined && lastRefusal.at > (at ?? '');
  return (
    <>
      <Group justify="space-between" gap="xs">
        <Light tone={tone}>
          <Text size="sm" fw={600} component="h3">
            {t(`light.${name}`)}
          </Text>
        </Light>
        <Text size="sm" c="dimmed" component="div">
          {at === null || at === undefined ? tone === 'quiet' && t('lights.never') : <When at={at} />}
          {address !== null && address !== undefined && (
            <>
              {' '}
              {t('lights.from')} <Ltr>{address}</Ltr>
            </>
          )}
        </Text>
      </Group>
      <div className="under">
        {detail !== undefined && (
          <Text size="sm" c="dimmed">
            {detail}
          </Text>
        )}
        {isRefusedSince && (
          <Text size="sm">
            {t('lights.lastError')} {t(`receipts:refusal.${refusalOf(lastRefusal.code)}`)},{' '}
            <When at={lastRefusal.at} />
          </Text>
        )}
        {tone === 'quiet' && (
          <details>
            <summary>{t('lights.causes')}</summary>
            <List type="ordered" size="sm" spacing={2} withPadding>
              {causes.map((cause) => (
                <List.Item key={cause}>{t(cause)}</List.Item>
              ))}
            </List>
          </details>
        )}
      </div>
    </>
  );
}
