import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readPreference, writePreference } from '../preferences';

export const LANGUAGES = ['en', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One file per area and language, each a chunk of its own. */
const FILES = import.meta.glob<ResourceKey>('./{en,ar}/*.json', { import: 'default' });

const files: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, area, callback) => {
    const load = FILES[`./${language}/${area}.json`];
    if (load === undefined) return callback(new Error(`There is no file of ${area} in ${language}`), null);
    load().then(
      (texts) => callback(null, texts),
      (error: unknown) => callback(error as Error, null),
    );
  },
};

/** To be awaited before anything is shown. The text of a page comes with the page: `loadArea`. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', applyToDocument);
  await i18next
    .use(files)
    .use(initReactI18next)
    .init({
      lng: firstLanguage(),
      supportedLngs: LANGUAGES,
      ns: ['common', 'shell'],
      defaultNS: 'common',
      fallbackLng: false,
      interpolation: { escapeValue: false }, // React escapes
      react: { useSuspense: false },
    });
}

/** Loads the text of a page in the language of now; a change of language loads it anew. */
export async function loadArea(area: string | readonly string[]): Promise<void> {
  await i18next.loadNamespaces(area);
}

/** Changes text and direction of the whole page, without a reload. */
export async function switchLanguage(language: Language): Promise<void> {
  writePreference('language', language);
  await i18next.changeLanguage(language);
}

function firstLanguage(): Language {
  const wanted = readPreference('language') ?? navigator.language;
  return wanted.startsWith('ar') ? 'ar' : 'en';
}

function applyToDocument(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}
