import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RefusalDto } from '@schema';
import { useLive } from '../../app/live';
import { type Column, DataTable } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { Refusal } from '../../components/Refusal';
import { Section } from '../../components/Section';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { REFUSALS } from './queries';

/** The newest refusals, as they come. */
export function RefusedCalls() {
  const { t } = useTranslation('integration');
  const query = useQuery({ ...REFUSALS, ...useLive('refusals') });
  const all = (
    <Anchor component={Link} to="/refusals" size="sm" className="row-link">
      {t('refused.all')}
    </Anchor>
  );
  return (
    <Section title={t('refused.title')} actions={all}>
      <DataTable
        label={t('refused.title')}
        pages={{ query, number: 1, next: undefined, previous: undefined }}
        columns={useColumns()}
        idOf={(row) => [row.firstAt, row.url, row.code, row.remoteAddress, row.clientId].join(' ')}
        empty={{ kind: 'good', title: t('refused.none'), text: t('refused.noneText') }}
      />
    </Section>
  );
}

function useColumns(): Column<RefusalDto>[] {
  const { t } = useTranslation('receipts');
  const format = useFormat();
  return [
    { id: 'at', header: t('column.latest'), cell: ({ at }) => <When at={at} /> },
    { id: 'reason', header: t('column.reason'), cell: ({ code }) => <Refusal code={code} /> },
    { id: 'url', header: t('column.route'), cell: (row) => <Ltr>{`${row.method} ${row.url}`}</Ltr> },
    { id: 'caller', header: t('column.caller'), cell: (row) => <Caller {...row} /> },
    { id: 'address', header: t('column.address'), cell: (row) => <Value text={row.remoteAddress} /> },
    { id: 'count', header: t('column.count'), isNumber: true, cell: ({ count }) => format.number(count) },
  ];
}

function Caller({ caller, clientId }: RefusalDto) {
  const { t } = useTranslation('receipts');
  return (
    <>
      {t(`caller.${caller}`)}
      {clientId !== null && (
        <>
          {' · '}
          <Ltr>{clientId}</Ltr>
        </>
      )}
    </>
  );
}

function Value({ text }: { text: string | null }) {
  return text === null ? <Nothing /> : <Ltr>{text}</Ltr>;
}
