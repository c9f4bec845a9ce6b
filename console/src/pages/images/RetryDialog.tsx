import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { MirrorStatusDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';
import { useFormat } from '../../i18n/format';
import { STATUS } from './status';

const STATES = ['missing', 'not_image', 'failed'] as const;
type State = (typeof STATES)[number];

/** Asks eNROLL again for what is not there, with how many that is. */
export function RetryDialog({
  counts: { missing, notImage, failed },
  onClose,
}: Pick<MirrorStatusDto, 'counts'> & { onClose: () => void }) {
  const { t } = useTranslation('images');
  const format = useFormat();
  const [states, setStates] = useState<State[]>([...STATES]);
  const counted = { missing, not_image: notImage, failed };
  const retry = useChange({
    run: () => answerOf(api.POST('/api/v1/images/retry', { body: { states } })),
    lists: [STATUS],
    said: ({ retried }) => t('retry.done', { count: retried }),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('retry.open')}
      text={t('retry.text')}
      label={t('retry.send')}
      isOff={states.length === 0}
      change={retry}
      onClose={onClose}
    >
      <Checkbox.Group
        label={t('retry.which')}
        value={states}
        onChange={(chosen) => setStates(STATES.filter((state) => chosen.includes(state)))}
      >
        <Stack gap={6} mt={4}>
          {STATES.map((state) => (
            <Checkbox
              key={state}
              value={state}
              label={t(`which.${state}`, { number: format.number(counted[state]) })}
            />
          ))}
        </Stack>
      </Checkbox.Group>
    </Confirm>
  );
}
