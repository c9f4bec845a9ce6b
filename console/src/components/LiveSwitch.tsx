import { Button } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { setLive, useLiveState } from '../app/live';

/** Stops a page from refreshing by itself, and starts it again (WCAG 2.2.2). */
export function LiveSwitch() {
  const { t } = useTranslation('common');
  const { isPaused } = useLiveState();
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
      onClick={() => setLive({ isPaused: !isPaused })}
    >
      {isPaused ? t('live.resume') : t('live.pause')}
    </Button>
  );
}
