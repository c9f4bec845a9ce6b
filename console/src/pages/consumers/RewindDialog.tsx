import { Radio, Stack } from '@mantine/core';
import '@mantine/core/styles/Radio.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';
import { CONSUMERS, type DialogProps } from './consumers';

const PLACES = ['beginning', 'now'] as const;

/** Moves a consumer: it reads everything again, or skips what waits. */
export function RewindDialog({ consumer: { name }, onClose }: DialogProps) {
  const { t } = useTranslation('consumers');
  const [to, setTo] = useState<string>('beginning');
  const rewind = useChange({
    run: () =>
      answerOf(api.POST('/api/v1/consumers/{name}/rewind', { params: { path: { name } }, body: { to } })),
    lists: [CONSUMERS],
    said: () => t('rewind.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('rewind.title', { name })}
      text={t('rewind.text')}
      label={t('rewind.send')}
      isDanger
      change={rewind}
      onClose={onClose}
    >
      <Radio.Group label={t('rewind.to')} value={to} onChange={setTo}>
        <Stack gap={6} mt={6}>
          {PLACES.map((place) => (
            <Radio
              key={place}
              value={place}
              label={t(`place.${place}`)}
              description={t(`placeText.${place}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Confirm>
  );
}
