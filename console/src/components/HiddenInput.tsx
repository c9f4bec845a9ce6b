import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A password, with a button that shows what was typed. */
export function HiddenInput(props: PasswordInputProps) {
  const { t } = useTranslation('common');
  const eye = { 'aria-label': t('showPassword'), tabIndex: 0, 'aria-hidden': false };
  return <PasswordInput visibilityToggleButtonProps={eye} {...props} />;
}
