import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiKeyDto } from '@schema';
import { useCan } from '../../app/session';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { RowMenu } from '../../components/RowMenu';
import { StateBadge } from '../../components/StateBadge';
import { When } from '../../components/When';
import type { Doing } from './KeyDialog';

const TONES = { live: 'good', expired: 'warn', disabled: 'quiet', tampered: 'bad' } as const;
const MAX_SHOWN = 3;

export function useColumns(choose: (apiKey: ApiKeyDto, doing: Doing) => void): Column<ApiKeyDto>[] {
  const { t } = useTranslation('api-keys');
  const can = useCan();
  const actions: Column<ApiKeyDto> = {
    id: 'actions',
    header: t('column.actions'),
    isNumber: true,
    cell: (row) => (
      <RowMenu
        label={t('actionsOf', { name: row.name })}
        actions={[
          { label: t('do.show.title'), run: () => choose(row, 'show') },
          row.state === 'live' &&
            row.scopes.every((scope) => can(scope)) && {
              label: t('do.rotate.title'),
              run: () => choose(row, 'rotate'),
            },
          row.state !== 'disabled' && {
            label: t('do.disable.title'),
            run: () => choose(row, 'disable'),
            isDanger: true,
          },
        ]}
      />
    ),
  };
  return [
    { id: 'name', header: t('column.name'), cell: ({ name }) => <Ltr>{name}</Ltr> },
    {
      id: 'state',
      header: t('column.state'),
      cell: ({ state }) => <StateBadge tone={TONES[state]}>{t(`state.${state}`)}</StateBadge>,
    },
    { id: 'scopes', header: t('column.scopes'), cell: ({ scopes }) => <Scopes scopes={scopes} /> },
    {
      id: 'addresses',
      header: t('column.addresses'),
      cell: ({ allowAddresses }) =>
        allowAddresses === null ? t('anywhere') : <Ltr>{allowAddresses.join(', ')}</Ltr>,
    },
    { id: 'expires', header: t('column.expires'), cell: (row) => <When at={row.expiresAt} /> },
    { id: 'lastUsed', header: t('column.lastUsed'), cell: (row) => <When at={row.lastUsedAt} /> },
    ...(can('keys:write') ? [actions] : []),
  ];
}

/** The first few, and how many more. */
function Scopes({ scopes }: { scopes: string[] }) {
  const { t } = useTranslation('api-keys');
  if (scopes.length === 0) return <Nothing />;
  if (scopes.includes('*')) return t('everything');
  const more = scopes.length - MAX_SHOWN;
  return (
    <Group gap={4}>
      {scopes.slice(0, MAX_SHOWN).map((scope) => (
        <Badge key={scope} color="gray" variant="light" size="sm" tt="none">
          <Ltr>{scope}</Ltr>
        </Badge>
      ))}
      {more > 0 && t('more', { count: more })}
    </Group>
  );
}
