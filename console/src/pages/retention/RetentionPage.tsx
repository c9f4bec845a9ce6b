import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session';
import { PageHeader } from '../../components/PageHeader';
import { Section } from '../../components/Section';
import { PolicyTable } from './PolicyTable';
import { RunDialog } from './RunDialog';
import { RunsTable } from './RunsTable';

/** How long everything is kept, by which law, and what has been removed. */
export function Component() {
  const { t } = useTranslation('compliance');
  const can = useCan();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <PageHeader title={t('retention.title')} text={t('retention.text')}>
        <Button variant="default" onClick={() => setIsOpen(true)}>
          {can('retention:write') ? t('retention.previewOrRun') : t('retention.preview')}
        </Button>
      </PageHeader>
      <Section title={t('retention.policy')}>
        <PolicyTable />
      </Section>
      <Section title={t('retention.runs')}>
        <RunsTable />
      </Section>
      {isOpen && <RunDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
