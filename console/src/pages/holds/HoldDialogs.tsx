import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { HoldDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { isComplete, NOBODY, PersonFields } from '../../components/PersonFields';
import { useChange } from '../../components/useChange';
import { HOLDS } from './holds';

export function PlaceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('compliance');
  const [person, setPerson] = useState(NOBODY);
  const value = person.value.trim();
  const place = useChange({
    run: () =>
      answerOf(
        api.POST(HOLDS, {
          body: {
            ...(person.kind === 'applicantId' ? { applicantId: value } : { idNumber: value }),
            reason: person.reason.trim(),
          },
        }),
      ),
    lists: [HOLDS],
    said: () => t('holds.placed'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('holds.place')}
      text={t('holds.placeText')}
      label={t('holds.place')}
      isOff={!isComplete(person)}
      change={place}
      onClose={onClose}
    >
      <PersonFields person={person} onChange={setPerson} />
    </Confirm>
  );
}

export function LiftDialog({ hold: { id, reason }, onClose }: { hold: HoldDto; onClose: () => void }) {
  const { t } = useTranslation('compliance');
  const lift = useChange({
    run: () => answerOf(api.POST('/api/v1/holds/{id}/lift', { params: { path: { id } } })),
    lists: [HOLDS],
    said: () => t('holds.liftDone'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('holds.lift')}
      text={t('holds.liftText', { reason })}
      label={t('holds.lift')}
      isDanger
      change={lift}
      onClose={onClose}
    />
  );
}
