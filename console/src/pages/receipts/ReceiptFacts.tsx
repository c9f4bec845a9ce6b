import { useTranslation } from 'react-i18next';
import type { ReceiptDto } from '@schema';
import { Copy } from '../../components/Copy';
import { FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { ReceiptBadge } from './ReceiptBadge';

interface Props {
  receipt: ReceiptDto;
}

/** What came, and what became of it in numbers. */
export function SummaryFacts({ receipt }: Props) {
  const { t } = useTranslation('receipts');
  const { number } = useFormat();
  return (
    <FactList
      facts={[
        [t('column.state'), <ReceiptBadge state={receipt.state} />],
        [t('column.received'), <When at={receipt.receivedAt} />],
        [t('column.elements'), number(receipt.received)],
        [t('column.applied'), number(receipt.applied)],
        [t('column.same'), number(receipt.duplicates)],
        [t('column.quarantined'), number(receipt.quarantined)],
        receipt.attempts === 0 ? undefined : [t('column.attempts'), number(receipt.attempts)],
      ]}
    />
  );
}

/** Who sent it, and how. */
export function RequestFacts({ receipt }: Props) {
  const { t } = useTranslation('receipts');
  const { receiptId, requestId } = receipt;
  return (
    <FactList
      facts={[
        [t('column.source'), t(`source.${receipt.source}`)],
        [t('column.kind'), t(`kind.${receipt.kind}`)],
        [t('column.client'), <Text text={receipt.clientId} />],
        [t('column.address'), <Text text={receipt.remoteAddress} />],
        [
          t('column.request'),
          requestId === null ? <Nothing /> : <Copy value={requestId} label={t('column.request')} />,
        ],
        [t('column.id'), <Copy value={receiptId} label={t('column.id')} />],
      ]}
    />
  );
}

/** What is kept of its body. */
export function BodyFacts({ receipt }: Props) {
  const { t } = useTranslation('receipts');
  const format = useFormat();
  const bytes = (count: number) => t('bytes', { count, number: format.number(count) });
  const { bodyBytes, sentBytes, contentEncoding, redactions } = receipt;
  return (
    <FactList
      facts={[
        [t('column.contentType'), <Text text={receipt.contentType} />],
        [t('column.kept'), bytes(bodyBytes)],
        sentBytes === null ? undefined : [t('column.sent'), bytes(sentBytes)],
        contentEncoding === null ? undefined : [t('column.encoding'), <Text text={contentEncoding} />],
        redactions.length === 0
          ? undefined
          : [t('column.redacted'), <When at={redactions.at(-1)?.redactedAt} />],
      ]}
    />
  );
}

function Text({ text }: { text: string | null }) {
  return text === null ? <Nothing /> : <Ltr>{text}</Ltr>;
}
