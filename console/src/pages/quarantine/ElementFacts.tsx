import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QuarantineDto } from '@schema';
import { useCan } from '../../app/session';
import { Copy } from '../../components/Copy';
import { type Fact, FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { QuarantineBadge } from './QuarantineBadge';

/** Where an element came from, and what became of it since. */
export function ElementFacts({ item }: { item: QuarantineDto }) {
  const { t } = useTranslation('quarantine');
  const format = useFormat();
  const can = useCan();
  const { applicantId, receiptId, replayReceiptId } = item;
  const receipt = (id: string) =>
    can('receipts:read') ? (
      <Anchor component={Link} to={`/receipts/${id}`} size="sm">
        <Ltr>{id}</Ltr>
      </Anchor>
    ) : (
      <Ltr>{id}</Ltr>
    );
  const facts: Fact[] = [
    [t('column.state'), <QuarantineBadge state={item.state} />],
    [
      t('column.applicant'),
      applicantId === null ? <Nothing /> : <Copy value={applicantId} label={t('column.applicant')} />,
    ],
    [t('column.received'), <When at={item.receivedAt} />],
    [t('column.source'), t(`source.${item.source}`)],
    [t('column.kind'), t(`kind.${item.kind}`)],
    [t('column.receipt'), receipt(receiptId)],
    [t('column.place'), format.number(item.elementIndex + 1)],
    [t('column.size'), t('bytes', { count: item.elementBytes, number: format.number(item.elementBytes) })],
    [t('column.code'), <Ltr>{item.code}</Ltr>],
  ];
  if (item.state !== 'open') {
    facts.push(
      [t('column.resolved'), <When at={item.resolvedAt} />],
      [t('column.by'), <Name>{item.resolvedBy}</Name>],
      [t('column.how'), <Name>{item.resolution}</Name>],
    );
  }
  if (replayReceiptId !== null) facts.push([t('column.replayReceipt'), receipt(replayReceiptId)]);
  return <FactList facts={facts} />;
}
