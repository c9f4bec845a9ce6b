import { useTranslation } from 'react-i18next';
import type { AuditEntryDto } from '@schema';
import { Copy } from '../../components/Copy';
import { Dialog } from '../../components/Dialog';
import { type Fact, FactList } from '../../components/FactList';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { useFormat } from '../../i18n/format';

/** All that one entry says; `detail` line by line. */
export function EntryDialog({ entry, onClose }: { entry: AuditEntryDto; onClose: () => void }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const { at, actor, action, subject, reason, address, requestId, detail, n, hash } = entry;
  const details = Object.entries(detail as Record<string, unknown>).map(([name, value]): Fact => [
    name,
    <Ltr key={name}>{wordsOf(value)}</Ltr>,
  ]);
  return (
    <Dialog title={t('entry')} onClose={onClose}>
      <FactList
        facts={[
          [t('column.at'), <Ltr key="at">{format.utc(at)}</Ltr>],
          [t('column.actor'), <Ltr key="actor">{actor}</Ltr>],
          [t('column.action'), <Ltr key="action">{action}</Ltr>],
          [t('column.subject'), <Copy key="subject" value={subject} label={t('column.subject')} />],
          [t('column.reason'), <Name key="reason">{reason}</Name>],
          address === null ? undefined : [t('column.address'), <Ltr key="address">{address}</Ltr>],
          requestId === null
            ? undefined
            : [t('request'), <Copy key="request" value={requestId} label={t('request')} />],
          ...details,
          n === null ? undefined : [t('number'), format.number(n)],
          hash === null
            ? undefined
            : [t('head.hash'), <Copy key="hash" value={hash} label={t('head.hash')} />],
        ]}
      />
    </Dialog>
  );
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${wordsOf(inner)}`)
      .join(', ');
  return String(value);
}
