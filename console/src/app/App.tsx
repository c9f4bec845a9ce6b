import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createQueries } from '../api/queries';
import { NONCE } from '../base';
import { Router } from './Router';
import { colourManager, cssVariablesResolver, theme } from './theme';
import { ToastDoor } from './toast';

export function App() {
  const [queries] = useState(createQueries);
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
