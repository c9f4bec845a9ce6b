import { VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { RoleDto } from '@schema';
import { type Column, DataTable } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import type { Page } from '../../components/usePages';
import { useWhole } from '../../components/useWhole';

const PATH = '/api/v1/roles';

interface Row {
  scope: string;
  roles: ReadonlySet<string>;
}

/** Scopes by roles, as the server has them. */
export function RoleMatrix() {
  const { t } = useTranslation(['people', 'shell']);
  const whole = useWhole(PATH, async (signal) => byScope(await answerOf(api.GET(PATH, { signal }))));
  const roles = [...new Set(whole.query.data?.items.flatMap((row) => [...row.roles]))];
  const columns: Column<Row>[] = [
    { id: 'scope', header: t('column.scope'), cell: ({ scope }) => <Ltr>{scope}</Ltr> },
    ...roles.map((role) => ({
      id: role,
      header: t(`shell:role.${role as 'viewer'}`, { defaultValue: role }),
      cell: (row: Row) => <Mark isSet={row.roles.has(role)} />,
    })),
  ];
  return (
    <DataTable
      label={t('roles')}
      pages={whole}
      columns={columns}
      idOf={({ scope }) => scope}
      empty={{ kind: 'first', title: t('none.title') }}
    />
  );
}

function Mark({ isSet }: { isSet: boolean }) {
  const { t } = useTranslation('people');
  if (!isSet) return <Nothing />;
  return (
    <>
      <IconCheck size={16} aria-hidden />
      <VisuallyHidden>{t('allowed')}</VisuallyHidden>
    </>
  );
}

function byScope({ items }: { items: RoleDto[] }): Page<Row> {
  const scopes = [...new Set(items.flatMap((role) => role.scopes))];
  return {
    nextCursor: null,
    items: scopes.map((scope) => ({
      scope,
      roles: new Set(items.filter((role) => role.scopes.includes(scope)).map(({ role }) => role)),
    })),
  };
}
