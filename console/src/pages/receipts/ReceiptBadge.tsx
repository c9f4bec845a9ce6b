import { useTranslation } from 'react-i18next';
import type { ReceiptDto } from '@schema';
import { StateBadge } from '../../components/StateBadge';

const TONES = { applied: 'good', pending: 'warn', rejected: 'bad' } as const;

export function ReceiptBadge({ state }: Pick<ReceiptDto, 'state'>) {
  const { t } = useTranslation('receipts');
  return <StateBadge tone={TONES[state]}>{t(`state.${state}`)}</StateBadge>;
}
