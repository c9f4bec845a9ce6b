import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { NONCE } from '../base';
import { Router } from './Router';
import { colourManager, cssVariablesResolver, theme } from './theme';
import { ToastDoor } from './toast';

export function App({ queries }: { queries: QueryClient }) {
  return (
    <DirectionProvider detectDirection>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colourManager}
        cssVariablesResolver={cssVariablesResolver}
        getStyleNonce={() => NONCE}
      >
        <DirectionOfLanguage />
        <QueryClientProvider client={queries}>
          <ToastDoor />
          <Router />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

/** Tells components that measure or scroll; the rest follows from the `dir` of the document. */
function DirectionOfLanguage() {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  const direction = i18n.dir();
  useEffect(() => setDirection(direction), [direction, setDirection]);
  return null;
}
