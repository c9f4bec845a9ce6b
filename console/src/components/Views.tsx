import { Button, Menu } from '@mantine/core';
import { IconBookmarks } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadArea } from '../i18n/i18n';
import { lazily } from './lazily';
import type { ViewsProps } from './viewed-lists';

const withTexts = async <Part,>(part: Promise<Part>) => (await Promise.all([part, loadArea('views')]))[0];
const ViewItems = lazily(async () => (await withTexts(import('./ViewItems'))).ViewItems);
const SaveViewDialog = lazily(async () => (await withTexts(import('./SaveViewDialog'))).SaveViewDialog);
const EditViewsDialog = lazily(async () => (await withTexts(import('./EditViewsDialog'))).EditViewsDialog);

/** Filters under a name, beside those of a list: some come with the console, others somebody saved in this browser. */
export function Views({ list, filters }: ViewsProps) {
  const { t } = useTranslation('common');
  const [dialog, setDialog] = useState<'save' | 'edit'>();
  const close = () => setDialog(undefined);
  return (
    <>
      <Menu position="bottom-start" width={280} returnFocus>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconBookmarks size={14} />}>
            {t('views')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ViewItems list={list} filters={filters} open={setDialog} />
        </Menu.Dropdown>
      </Menu>
      {dialog === 'save' && <SaveViewDialog list={list} values={filters.values} onClose={close} />}
      {dialog === 'edit' && <EditViewsDialog list={list} onClose={close} />}
    </>
  );
}
