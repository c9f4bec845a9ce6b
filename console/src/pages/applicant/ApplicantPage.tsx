import { Alert, Tabs } from '@mantine/core';
import '@mantine/core/styles/Tabs.css';
import { IconShieldExclamation } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { answerOf, api } from '../../api/client';
import { ApiError } from '../../api/problem';
import { useCan } from '../../app/session';
import { lazily } from '../../components/lazily';
import { PageHeader } from '../../components/PageHeader';
import { useFilters } from '../../components/useFilters';
import './applicant.css';
import { useWords } from './words';
import { ApplicantHeader } from './ApplicantHeader';
import { endOfDay } from './as-of';
import { DataTab } from './DataTab';
import { Gone, isGone } from './Gone';

const HistoryTab = lazily(async () => (await import('./HistoryTab')).HistoryTab);
const TimelineTab = lazily(async () => (await import('./TimelineTab')).TimelineTab);
const ReceiptsTab = lazily(async () => (await import('./ReceiptsTab')).ReceiptsTab);

const TABS = ['data', 'history', 'timeline', 'receipts'] as const;
type Tab = (typeof TABS)[number];

/** One applicant. Another one is another page: nothing that was revealed goes along. */
export function Component() {
  const { applicantId = '' } = useParams();
  return <ApplicantPage key={applicantId} applicantId={applicantId} />;
}

function ApplicantPage({ applicantId }: { applicantId: string }) {
  const { t } = useTranslation('applicant');
  const { values } = useFilters(['asOf']);
  const asOf = values.asOf === undefined ? undefined : endOfDay(values.asOf);
  const query = useQuery({
    queryKey: ['applicant', applicantId, 'state', asOf],
    queryFn: ({ signal }) => {
      const params = { path: { applicantId }, query: { asOf } };
      return answerOf(api.GET('/api/v1/applicants/{applicantId}', { params, signal }));
    },
    placeholderData: keepPreviousData,
  });
  const { data, error } = query;
  // an earlier day at which nobody knew the applicant is said beside the date
  const isUnknown =
    error instanceof ApiError && isGone(error) && (asOf === undefined || error.status !== 404);
  if (isUnknown) return <Gone applicantId={applicantId} error={error} />;
  return (
    <>
      {data === undefined ? <PageHeader title={t('title')} /> : <ApplicantHeader applicant={data} />}
      {data?.tampered === true && <Tampered fields={data.tamperedFields ?? []} />}
      <Sections applicantId={applicantId}>
        <DataTab query={query} isNow={asOf === undefined} applicantId={applicantId} />
      </Sections>
    </>
  );
}

function Sections({ applicantId, children }: { applicantId: string; children: ReactNode }) {
  const { t } = useTranslation('applicant');
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const tabs = TABS.filter((tab) => tab !== 'receipts' || can('receipts:read'));
  const shown = tabs.find((tab) => tab === params.get('tab')) ?? 'data';
  const open = (tab: string | null) => setParams(tab === null || tab === 'data' ? {} : { tab });
  const contents: Record<Tab, ReactNode> = {
    data: children,
    history: <HistoryTab applicantId={applicantId} />,
    timeline: <TimelineTab applicantId={applicantId} />,
    receipts: <ReceiptsTab applicantId={applicantId} />,
  };
  return (
    <Tabs value={shown} onChange={open} keepMounted={false}>
      <Tabs.List mb="md">
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {t(`tab.${tab}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab}>
          {contents[tab]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Tampered({ fields }: { fields: string[] }) {
  const { t } = useTranslation('applicant');
  const words = useWords();
  return (
    <Alert
      color="red"
      variant="light"
      mb="md"
      icon={<IconShieldExclamation />}
      title={t('tampered.title')}
      role="alert"
    >
      {t('tampered.text', { fields: words.fields(fields) })}
    </Alert>
  );
}
