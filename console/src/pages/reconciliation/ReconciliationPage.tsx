import { Button, Tabs } from '@mantine/core';
import '@mantine/core/styles/Tabs.css';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useCan } from '../../app/session';
import { PageHeader } from '../../components/PageHeader';
import { lazily } from '../../components/lazily';
import { GapsTab } from './GapsTab';

const RunsTab = lazily(async () => (await import('./RunsTab')).RunsTab);
const StatementTab = lazily(async () => (await import('./StatementTab')).StatementTab);
const StartRunDialog = lazily(async () => (await import('./StartRunDialog')).StartRunDialog);

const CONTENTS = { gaps: GapsTab, runs: RunsTab, statement: StatementTab };
type Tab = keyof typeof CONTENTS;
const TABS = Object.keys(CONTENTS) as Tab[];

/** Whether everybody whom eNROLL enrolled is here. */
export function Component() {
  const { t } = useTranslation('reconciliation');
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const [isStarting, setIsStarting] = useState(false);
  const shown = TABS.find((tab) => tab === params.get('tab')) ?? 'gaps';
  const open = (tab: string | null) => setParams(tab === null || tab === 'gaps' ? {} : { tab });
  const Content = CONTENTS[shown];
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('reconciliation:write') && (
          <Button leftSection={<IconRefresh size={16} />} onClick={() => setIsStarting(true)}>
            {t('start.open')}
          </Button>
        )}
      </PageHeader>
      <Tabs value={shown} onChange={open} keepMounted={false}>
        <Tabs.List mb="md">
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown}>
          <Content />
        </Tabs.Panel>
      </Tabs>
      {isStarting && <StartRunDialog onClose={() => setIsStarting(false)} onStarted={() => open('runs')} />}
    </>
  );
}
