import { Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BASE } from '../base';
import { LogInForm } from '../pages/login/LogInForm';
import { finishRenewal } from './renewal';
import { useLoggedIn, useMe } from './session';

/** Over the page once the session has ended: what stands in its forms stays, and what was sent goes on afterwards. */
export default function ReLogIn() {
  const { t } = useTranslation('shell');
  const { name } = useMe();
  const loggedIn = useLoggedIn();
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      title={t('sessionOver.title')}
      zIndex={1000}
    >
      <Text size="sm" mb="md">
        {t('sessionOver.text')}
      </Text>
      <LogInForm
        login={name.replace(/^user:/, '')}
        onDone={(me) => {
          // nobody sees what somebody else had open
          if (me.name !== name) return location.assign(BASE);
          loggedIn(me);
          finishRenewal();
        }}
      />
    </Modal>
  );
}
