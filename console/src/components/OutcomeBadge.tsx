import { useTranslation } from 'react-i18next';
import type { ApplicantItemDto } from '@schema';
import { StateBadge } from './StateBadge';

const TONES = { accepted: 'good', rejected: 'bad', conflict: 'warn', unknown: 'quiet' } as const;

/** What eNROLL decided about an applicant. */
export function OutcomeBadge({ outcome }: Pick<ApplicantItemDto, 'outcome'>) {
  const { t } = useTranslation('common');
  return <StateBadge tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</StateBadge>;
}
