import { Alert, Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StatusDto } from '@schema';
import { useCan } from '../../app/session';
import { Copy } from '../../components/Copy';
import { FactList } from '../../components/FactList';
import { GiveSecret } from '../../components/GiveSecret';
import { Section } from '../../components/Section';
import { useClientId } from './useClientId';

const URLS = [
  ['success', '/callbacks/success'],
  ['fail', '/callbacks/fail'],
  ['token', '/oauth/token'],
] as const;

/** What eNROLL's panel asks for, under the names that it has there. */
export function Panel({ status }: { status: StatusDto }) {
  const { t } = useTranslation('integration');
  const base = status.installation.publicUrl?.replace(/\/$/, '');
  const clientId = useClientId(status);
  const urls = URLS.map(([name, path]) => {
    const label = t(`panel.${name}`);
    return [
      label,
      base === undefined ? t('panel.noUrl') : <Copy value={base + path} label={label} />,
    ] as const;
  });
  return (
    <Section title={t('panel.title')}>
      {base?.startsWith('http:') === true && (
        <Alert color="orange" variant="light" p="xs" mb="xs" icon={<IconAlertTriangle />}>
          {t('panel.notHttps')}
        </Alert>
      )}
      <FactList
        facts={[
          ...urls,
          [
            t('panel.clientId'),
            clientId === undefined ? (
              t('panel.noClient')
            ) : (
              <Copy value={clientId} label={t('panel.clientId')} />
            ),
          ],
          [t('panel.clientSecret'), <Secret clientId={clientId} />],
        ]}
      />
    </Section>
  );
}

function Secret({ clientId }: { clientId: string | undefined }) {
  const { t } = useTranslation('integration');
  const can = useCan();
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Text span size="sm" c="dimmed">
        {t('panel.asked')}{' '}
      </Text>
      {clientId !== undefined && can('clients:write') ? (
        <Button size="compact-sm" variant="default" onClick={open}>
          {t('panel.give')}
        </Button>
      ) : (
        <Text span size="sm" c="dimmed">
          {t('panel.askAdmin')}
        </Text>
      )}
      {isOpen && clientId !== undefined && <GiveSecret clientId={clientId} onClose={close} />}
    </>
  );
}
