import { useTranslation } from 'react-i18next';
import type { ClientDto } from '@schema';
import { useCan } from '../../app/session';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { RowMenu } from '../../components/RowMenu';
import { StateBadge } from '../../components/StateBadge';
import { When } from '../../components/When';
import type { Doing } from './ClientDialog';

export function useColumns(choose: (client: ClientDto, doing: Doing) => void): Column<ClientDto>[] {
  const { t } = useTranslation('clients');
  const can = useCan();
  const actions: Column<ClientDto> = {
    id: 'actions',
    header: t('column.actions'),
    isNumber: true,
    cell: (row) => {
      const act = (doing: Doing, isDanger = false) => ({
        label: t(`doTitle.${doing}`),
        run: () => choose(row, doing),
        isDanger,
      });
      return (
        <RowMenu
          label={t('actionsOf', { name: row.clientId })}
          actions={[act('secret'), row.disabledAt === null ? act('disable', true) : act('enable')]}
        />
      );
    },
  };
  return [
    { id: 'id', header: t('column.id'), cell: ({ clientId }) => <Ltr>{clientId}</Ltr> },
    { id: 'name', header: t('column.name'), cell: ({ name }) => <Name>{name}</Name> },
    { id: 'state', header: t('column.state'), cell: (row) => <State client={row} /> },
    { id: 'secrets', header: t('column.secrets'), cell: ({ secrets }) => <Secrets secrets={secrets} /> },
    { id: 'created', header: t('column.created'), cell: (row) => <When at={row.createdAt} /> },
    ...(can('clients:write') ? [actions] : []),
  ];
}

function State({ client: { disabledAt } }: { client: ClientDto }) {
  const { t } = useTranslation('clients');
  return disabledAt === null ? (
    <StateBadge tone="good">{t('state.live')}</StateBadge>
  ) : (
    <StateBadge tone="quiet">{t('state.disabled')}</StateBadge>
  );
}

/** How many, and when the first of them ends. */
function Secrets({ secrets }: Pick<ClientDto, 'secrets'>) {
  const { t } = useTranslation('clients');
  const [first] = secrets.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt])).sort();
  return (
    <>
      {t('secrets', { count: secrets.length })}
      {first !== undefined && (
        <>
          {' · '}
          {t('firstEnds')} <When at={first} />
        </>
      )}
    </>
  );
}
