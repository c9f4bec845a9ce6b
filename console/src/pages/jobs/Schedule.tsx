import { useTranslation } from 'react-i18next';
import type { JobDto } from '@schema';
import { Ltr } from '../../components/Ltr';

const EVERY_MINUTES = /^\*\/(\d+) \* \* \* \*$/;
const DAILY = /^(\d+) (\d+) \* \* \*$/;

/** When something begins, in words where they are easy, else as cron has it. */
export function Schedule({ job: { cron, everySeconds } }: { job: Pick<JobDto, 'cron' | 'everySeconds'> }) {
  const { t } = useTranslation('jobs');
  if (cron !== null) {
    const minutes = EVERY_MINUTES.exec(cron)?.[1];
    if (minutes !== undefined) return t('everyMinutes', { count: Number(minutes) });
    const [, minute, hour] = DAILY.exec(cron) ?? [];
    if (minute === undefined || hour === undefined) return <Ltr>{cron}</Ltr>;
    return t('daily', { time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}` });
  }
  if (everySeconds === null) return t('onDemand');
  return everySeconds % 60 === 0
    ? t('everyMinutes', { count: everySeconds / 60 })
    : t('everySeconds', { count: everySeconds });
}
