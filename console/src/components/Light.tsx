import { Group, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tone } from './StateBadge';

/** `quiet`: nothing is known yet, or it is not set up. */
export type LightTone = Exclude<Tone, 'busy'>;

const LOOKS = {
  good: { color: 'teal', Icon: IconCheck },
  warn: { color: 'orange', Icon: IconAlertTriangle },
  bad: { color: 'red', Icon: IconX },
  quiet: { color: 'gray', Icon: IconMinus },
} as const;

/** Whether something works: by colour, by form, and for screen readers in a word. */
export function Light({ tone, children }: { tone: LightTone; children: ReactNode }) {
  const { t } = useTranslation('common');
  const { color, Icon } = LOOKS[tone];
  return (
    <Group gap="xs" wrap="nowrap">
      <ThemeIcon
        color={color}
        variant="light"
        size={22}
        radius="xl"
        role="img"
        aria-label={t(`light.${tone}`)}
      >
        <Icon size={14} stroke={2.4} />
      </ThemeIcon>
      {children}
    </Group>
  );
}
