import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Confirm } from '../../components/Confirm';
import { isComplete, NOBODY, PersonFields } from '../../components/PersonFields';
import { useChange } from '../../components/useChange';
import { ERASURES } from './erasures';

/** Nothing undoes it: it asks twice. */
export function EraseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('compliance');
  const [person, setPerson] = useState(NOBODY);
  const [isSure, setIsSure] = useState(false);
  const value = person.value.trim();
  const erase = useChange({
    run: () =>
      answerOf(
        api.POST(ERASURES, {
          body: {
            ...(person.kind === 'applicantId' ? { applicantId: value } : { nationalId: value }),
            reason: person.reason.trim(),
          },
        }),
      ),
    lists: [ERASURES],
    said: ({ applicantIds }) => t('erasures.begun', { count: applicantIds.length }),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('erasures.erase')}
      text={t('erasures.eraseText')}
      label={t('erasures.forGood')}
      isDanger
      isOff={!isComplete(person) || !isSure}
      change={erase}
      onClose={onClose}
    >
      <PersonFields person={person} onChange={setPerson} />
      <Checkbox
        label={t('erasures.sure')}
        checked={isSure}
        onChange={(event) => setIsSure(event.currentTarget.checked)}
      />
    </Confirm>
  );
}
