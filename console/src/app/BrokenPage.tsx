import { Button, Stack } from '@mantine/core';
import { IconBug, IconRefreshAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../components/Notices';

/** What browsers say of a script that is not there. */
const MISSING_CHUNK = /dynamically imported module|Importing a module script|preload/i;

/** A page that could not be shown: mostly since a new release has replaced the files of the one that is open. */
export function BrokenPage({ error }: { error: unknown }) {
  const { t } = useTranslation('common');
  const isOld = error instanceof Error && MISSING_CHUNK.test(error.message);
  const Icon = isOld ? IconRefreshAlert : IconBug;
  return (
    <Notice icon={<Icon size={28} />} title={isOld ? t('newVersion.title') : t('broken.title')} isPage>
      <Stack align="center">
        {isOld ? t('newVersion.text') : t('broken.text')}
        <Button onClick={() => location.reload()}>{t('reload')}</Button>
      </Stack>
    </Notice>
  );
}
