import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert } from '@mantine/core';
import type { AcceptedDto, EnrollmentDto } from '@schema';
import { ChoosePassword } from './ChoosePassword';
import { ConfirmAuthenticator } from './ConfirmAuthenticator';
import { FrontDoor } from './FrontDoor';
import { RecoveryCodes } from './RecoveryCodes';
import { takeToken } from './token';

/** First log-in: a password, an authenticator that shows its first code, the recovery codes. */
export function Component() {
  const { t } = useTranslation('login');
  const [token] = useState(takeToken);
  const [enrollment, setEnrollment] = useState<EnrollmentDto>();
  const [accepted, setAccepted] = useState<AcceptedDto>();
  if (token === '') {
    return (
      <FrontDoor title={t('invitation.title')}>
        <Alert color="yellow">{t('invitation.noToken')}</Alert>
      </FrontDoor>
    );
  }
  if (accepted !== undefined) {
    return (
      <FrontDoor title={t('recovery.title')}>
        <RecoveryCodes accepted={accepted} />
      </FrontDoor>
    );
  }
  if (enrollment !== undefined) {
    return (
      <FrontDoor title={t('authenticator.title')}>
        <ConfirmAuthenticator token={token} enrollment={enrollment} onDone={setAccepted} />
      </FrontDoor>
    );
  }
  return (
    <FrontDoor title={t('invitation.title')}>
      <ChoosePassword token={token} onDone={setEnrollment} />
    </FrontDoor>
  );
}
