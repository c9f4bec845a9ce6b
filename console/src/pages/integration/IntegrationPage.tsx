import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { STATUS } from '../../api/status';
import { useLive } from '../../app/live';
import { useCan } from '../../app/session';
import { DataArea } from '../../components/DataArea';
import { LiveSwitch } from '../../components/LiveSwitch';
import { PageHeader } from '../../components/PageHeader';
import './integration.css';
import { Lights } from './Lights';
import { Panel } from './Panel';
import { RefusedCalls } from './RefusedCalls';
import { TestNow } from './TestNow';

/** What goes into eNROLL's panel, and how far the connection has come. */
export function Component() {
  const { t } = useTranslation('integration');
  const can = useCan();
  const status = useQuery({ ...STATUS, ...useLive() });
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        <LiveSwitch />
      </PageHeader>
      <DataArea query={status} skeleton={<Skeleton height={480} />}>
        {(data) => (
          <>
            <Panel status={data} />
            <Lights status={data} />
            {can('clients:read') && <TestNow status={data} />}
          </>
        )}
      </DataArea>
      {/* once what is above has its height: it would be pushed about */}
      {can('receipts:read') && !status.isPending && <RefusedCalls />}
    </>
  );
}
