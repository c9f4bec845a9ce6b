import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { writePreference } from '../preferences';
import { useEntries } from './entries';
import { openPalette } from './open-palette';
import { areShortcutsOn, isTyped, moveInRows, PLACES } from './shortcut-keys';

const ShortcutSheet = lazy(() => import('./ShortcutSheet'));

const OPEN = 'rollcall:shortcuts';
/** Between `g` and its letter. */
const PAUSE_MS = 1200;

export function openShortcuts(): void {
  window.dispatchEvent(new Event(OPEN));
}

/** Keys that work on every page, and the sheet that lists them. */
export function Shortcuts() {
  const [isOpen, setIsOpen] = useState(false);
  const [isOn, setIsOn] = useState(areShortcutsOn);
  useKeys(isOn, () => setIsOpen(true));
  useEffect(() => {
    const open = () => setIsOpen(true);
    window.addEventListener(OPEN, open);
    return () => window.removeEventListener(OPEN, open);
  }, []);
  return (
    isOpen && (
      <Suspense>
        <ShortcutSheet
          close={() => setIsOpen(false)}
          isOn={isOn}
          setIsOn={(on) => {
            writePreference('shortcuts', on ? 'on' : 'off');
            setIsOn(on);
          }}
        />
      </Suspense>
    )
  );
}

function useKeys(isOn: boolean, openSheet: () => void): void {
  const navigate = useNavigate();
  const entries = useEntries();
  const goneAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent) => {
      if (isTyped(event)) return;
      const isPlace = event.timeStamp - goneAt.current < PAUSE_MS;
      goneAt.current = Number.NEGATIVE_INFINITY;
      const place = isPlace ? PLACES[event.code] : undefined;
      if (place !== undefined) {
        if (entries.some(({ path }) => path === place)) void navigate(`/${place}`);
      } else if (event.code === 'KeyG') goneAt.current = event.timeStamp;
      else if (event.code === 'KeyJ') moveInRows(1);
      else if (event.code === 'KeyK') moveInRows(-1);
      else if (event.key === '?' || event.key === '؟') openSheet();
      else if (event.key === '/') {
        event.preventDefault();
        openPalette();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [isOn, openSheet, navigate, entries]);
}
