import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session';
import { PageHeader } from '../../components/PageHeader';
import { Section } from '../../components/Section';
import { InviteDialog } from './InviteDialog';
import { PeopleTable, usePeople } from './PeopleTable';
import { RoleMatrix } from './RoleMatrix';

/** Who may log in, and what each role allows. */
export function Component() {
  const { t } = useTranslation('people');
  const can = useCan();
  const people = usePeople();
  const [isInviting, setIsInviting] = useState(false);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('users:write') && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setIsInviting(true)}>
            {t('invite.open')}
          </Button>
        )}
      </PageHeader>
      <Section title={t('people')}>
        <PeopleTable pages={people} />
      </Section>
      {/* once the table above has its height: it would be pushed about */}
      {!people.query.isPending && (
        <Section title={t('roles')}>
          <RoleMatrix />
        </Section>
      )}
      {isInviting && <InviteDialog onClose={() => setIsInviting(false)} />}
    </>
  );
}
