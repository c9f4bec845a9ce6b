import { Checkbox, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Confirm } from '../../components/Confirm';
import { dayRange } from '../../components/day-range';
import { useChange } from '../../components/useChange';
import { GAPS, RUNS } from './paths';

/** Asks eNROLL whom it enrolled on these days of Cairo. @param onStarted leads to where its progress is seen */
export function StartRunDialog({ onStarted, onClose }: { onStarted: () => void; onClose: () => void }) {
  const { t } = useTranslation('reconciliation');
  const [days, setDays] = useState({ from: '', to: '' });
  const [dryRun, setDryRun] = useState(false);
  const start = useChange({
    run: () => {
      const [from = '', to = ''] = dayRange(days.from, days.to);
      return answerOf(api.POST(RUNS, { body: { from, to, dryRun } }));
    },
    lists: [RUNS, GAPS],
    said: () => t('start.done'),
    onDone: () => {
      onClose();
      onStarted();
    },
    isShownInPlace: true,
  });
  const day = (name: 'from' | 'to') => ({
    type: 'date',
    label: t(`start.${name}`),
    value: days[name],
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      setDays((before) => ({ ...before, [name]: value })),
  });
  return (
    <Confirm
      title={t('start.title')}
      text={t('start.text')}
      label={t('start.send')}
      isOff={days.from === '' || days.to === '' || days.to < days.from}
      change={start}
      onClose={onClose}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput {...day('from')} data-autofocus />
        <TextInput {...day('to')} />
      </SimpleGrid>
      <Checkbox
        label={t('start.dryRun')}
        description={t('start.dryRunText')}
        checked={dryRun}
        onChange={(event) => setDryRun(event.currentTarget.checked)}
      />
    </Confirm>
  );
}
