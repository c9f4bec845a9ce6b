import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '../i18n/i18n';

/** Named in the language that it leads to, for those who cannot read this one. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const [to, name] = i18n.language === 'ar' ? (['en', 'English'] as const) : (['ar', 'العربية'] as const);
  return (
    <Button variant="subtle" color="gray" size="compact-md" lang={to} onClick={() => void switchLanguage(to)}>
      {name}
    </Button>
  );
}
