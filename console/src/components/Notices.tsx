import { Center, Stack, Text, Title } from '@mantine/core';
import { IconLock, IconMapOff, IconTools } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Ltr } from './Ltr';

interface Props {
  icon: ReactNode;
  title: string;
  /** Where the notice is the whole page. */
  isPage?: boolean;
  children?: ReactNode;
}

/** A few words where something else was expected. */
export function Notice({ icon, title, isPage = false, children }: Props) {
  return (
    <Center py={56} className="notice">
      <Stack align="center" gap={4} maw={460} ta="center">
        {icon}
        <Title order={isPage ? 1 : 2} size="md">
          {title}
        </Title>
        <Text size="sm" c="dimmed" component="div">
          {children}
        </Text>
      </Stack>
    </Center>
  );
}

/** @param scope what is missing, where it is known */
export function NoPermission({ scope }: { scope?: string }) {
  const { t } = useTranslation('common');
  return (
    <Notice icon={<IconLock size={28} />} title={t('noPermission.title')} isPage={scope !== undefined}>
      {t('noPermission.text')} {scope !== undefined && <Ltr>{scope}</Ltr>}
    </Notice>
  );
}

export function NotWritten() {
  const { t } = useTranslation('common');
  return (
    <Notice icon={<IconTools size={28} />} title={t('notWritten.title')} isPage>
      {t('notWritten.text')}
    </Notice>
  );
}

export function NothingHere() {
  const { t } = useTranslation('common');
  return (
    <Notice icon={<IconMapOff size={28} />} title={t('notFound.title')} isPage>
      {t('notFound.text')}
    </Notice>
  );
}
