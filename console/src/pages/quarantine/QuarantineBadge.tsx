import { useTranslation } from 'react-i18next';
import type { QuarantineItemDto } from '@schema';
import { StateBadge } from '../../components/StateBadge';

const TONES = { open: 'warn', replayed: 'good', discarded: 'quiet' } as const;

export function QuarantineBadge({ state }: Pick<QuarantineItemDto, 'state'>) {
  const { t } = useTranslation('quarantine');
  return <StateBadge tone={TONES[state]}>{t(`state.${state}`)}</StateBadge>;
}
