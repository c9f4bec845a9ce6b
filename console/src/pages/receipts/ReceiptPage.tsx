import { Alert, Anchor, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { IconArrowLeft, IconLock, IconShieldX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { ReceiptDto } from '@schema';
import { DataArea } from '../../components/DataArea';
import { PageHeader } from '../../components/PageHeader';
import { refusalOf } from '../../components/refusal-codes';
import { Section } from '../../components/Section';
import { Elements } from './Elements';
import { BodyFacts, RequestFacts, SummaryFacts } from './ReceiptFacts';

/** One callback, and what became of each of its elements. */
export function Component() {
  const { t } = useTranslation('receipts');
  const { receiptId = '' } = useParams();
  const query = useQuery({
    queryKey: ['/api/v1/receipts', receiptId],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/receipts/{receiptId}', { params: { path: { receiptId } }, signal })),
  });
  return (
    <>
      <Anchor component={Link} to="/receipts" size="sm" className="row-link">
        <IconArrowLeft size={14} className="turns" aria-hidden /> {t('title')}
      </Anchor>
      <PageHeader title={t('receipt')} />
      <DataArea query={query} skeleton={<Skeleton height={360} />}>
        {(receipt) => <Receipt receipt={receipt} />}
      </DataArea>
    </>
  );
}

function Receipt({ receipt }: { receipt: ReceiptDto }) {
  const { t } = useTranslation('receipts');
  return (
    <>
      {receipt.errorCode !== null && <Rejected code={receipt.errorCode} />}
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" verticalSpacing={0}>
        <Section title={t('section.summary')}>
          <SummaryFacts receipt={receipt} />
        </Section>
        <Section title={t('section.request')}>
          <RequestFacts receipt={receipt} />
        </Section>
      </SimpleGrid>
      <Section title={t('section.elements')}>
        <Elements receipt={receipt} />
      </Section>
      <Section title={t('section.body')}>
        <BodyFacts receipt={receipt} />
        <Alert color="gray" variant="light" icon={<IconLock />} title={t('body.hidden')} mt="sm">
          {t('body.hiddenText')}
        </Alert>
      </Section>
    </>
  );
}

function Rejected({ code }: { code: string }) {
  const { t } = useTranslation('receipts');
  const refusal = refusalOf(code);
  return (
    <Alert color="red" variant="light" icon={<IconShieldX />} title={t(`refusal.${refusal}`)} mb="md">
      <Text size="sm">{t(`remedy.${refusal}`)}</Text>
    </Alert>
  );
}
