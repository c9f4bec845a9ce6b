import './app/mantine.css';
import './app/fonts.css';
import './app/app.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueries } from './api/queries';
import { App } from './app/App';
import { preload } from './app/preload';
import { NONCE } from './base';
import { startI18n } from './i18n/i18n';

setNonce(NONCE); // of the styles by which a dialog stops the page from scrolling
const queries = createQueries();
preload(location.pathname, queries);
await startI18n();
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App queries={queries} />
  </StrictMode>,
);
