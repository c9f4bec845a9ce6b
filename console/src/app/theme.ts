import { createTheme, type CSSVariablesResolver, type MantineColorSchemeManager } from '@mantine/core';
import i18next from 'i18next';
import { readPreference, writePreference } from '../preferences';

const FAMILY = "'IBM Plex Sans Arabic', system-ui, sans-serif";

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  colors: {
    petrol: [
      '#e9f5f9',
      '#d6e8ef',
      '#a9d0df',
      '#79b7ce',
      '#53a2c0',
      '#3b95b8',
      '#2888ad',
      '#17718f',
      '#0b5f7c',
      '#064c64',
    ],
  },
  fontFamily: FAMILY,
  headings: { fontFamily: FAMILY, fontWeight: '600' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // the first item has the focus then; what Mantine focuses instead is no child that a menu may have
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // asked at each toast, in the language of the moment
    Notification: {
      defaultProps: () => ({ closeButtonProps: { 'aria-label': i18next.t('close', { ns: 'shell' }) } }),
    },
  },
});

/** Contrast of at least 4.5 to 1 where Mantine's own values have less. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--rollcall-ground': '#f6f8f9',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-teal-light-color': '#066649',
    '--mantine-color-orange-light-color': '#a33b00',
    '--mantine-color-yellow-light-color': '#7a4d00',
    '--mantine-color-red-light-color': '#b42318',
    '--mantine-color-red-outline': '#b42318',
    '--mantine-color-gray-light-color': 'var(--mantine-color-gray-8)',
    '--mantine-color-error': '#b42318',
  },
  dark: {
    '--rollcall-ground': 'var(--mantine-color-dark-8)',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-anchor': 'var(--mantine-color-petrol-3)',
    '--mantine-color-red-outline': 'var(--mantine-color-red-4)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
});

const SCHEMES = ['light', 'dark', 'auto'] as const;

export const colourManager: MantineColorSchemeManager = {
  get: (usual) => SCHEMES.find((scheme) => scheme === readPreference('colours')) ?? usual,
  set: (scheme) => writePreference('colours', scheme),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => writePreference('colours', 'auto'),
};
