import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatusDto } from '@schema';
import { answerOf, api } from '../../api/client';
import { HiddenInput } from '../../components/HiddenInput';
import { Problem } from '../../components/Problem';
import { Section } from '../../components/Section';
import { useChange } from '../../components/useChange';
import { Findings } from './Findings';
import { useClientId } from './useClientId';

/** What a test moves: the lights, and the calls that were refused. */
const SHOWN_IN = ['/api/v1/status', '/api/v1/probes', '/api/v1/receipts', '/api/v1/refusals'];

/** Rollcall plays eNROLL at its own public URL. */
export function TestNow({ status }: { status: StatusDto }) {
  const { t } = useTranslation('integration');
  const { test, ...fields } = useTest(useClientId(status) ?? '');
  return (
    <Section title={t('test.title')}>
      <form
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate();
        }}
      >
        <Stack gap="xs">
          <Text size="sm">{t('test.text')}</Text>
          <Text size="sm" c="dimmed">
            {t('test.leaves')}
          </Text>
          <Fields {...fields} isRunning={test.isPending} />
          <Text size="xs" c="dimmed">
            {t('test.secretText')}
          </Text>
          <Text size="sm" role="status">
            {test.isPending && t('test.running')}
          </Text>
          {test.error !== null && <Problem error={test.error} />}
        </Stack>
      </form>
      {test.data !== undefined && !test.isPending && <Findings check={test.data} />}
    </Section>
  );
}

/** The secret is sent once, and forgotten with the answer. @param known what the field begins with */
function useTest(known: string) {
  const [typed, setTyped] = useState<string>();
  const [clientSecret, setSecret] = useState('');
  const clientId = typed ?? known;
  const test = useChange({
    run: () => {
      const body = clientSecret === '' ? {} : { clientId: clientId.trim(), clientSecret };
      return answerOf(api.POST('/api/v1/integration/check', { body })).finally(() => setSecret(''));
    },
    lists: SHOWN_IN,
    isShownInPlace: true,
  });
  return { test, clientId, setTyped, clientSecret, setSecret };
}

interface FieldsProps extends Omit<ReturnType<typeof useTest>, 'test'> {
  isRunning: boolean;
}

function Fields({ clientId, setTyped, clientSecret, setSecret, isRunning }: FieldsProps) {
  const { t } = useTranslation('integration');
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        label={t('panel.clientId')}
        value={clientId}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        dir="ltr"
        w={200}
      />
      <HiddenInput
        label={t('test.secret')}
        value={clientSecret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        autoComplete="off"
        dir="ltr"
        w={320}
        maw="100%"
      />
      <Button
        type="submit"
        leftSection={<IconPlayerPlay size={16} />}
        loading={isRunning}
        disabled={clientSecret !== '' && clientId.trim() === ''}
      >
        {t('test.run')}
      </Button>
    </Group>
  );
}
