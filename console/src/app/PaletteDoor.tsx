import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useDoor } from './door';
import { openPalette, PALETTE } from './open-palette';

const Palette = lazy(() => import('./Palette'));

/** Ctrl+K. Once the palette is there, it hears the keys itself. */
export function PaletteDoor() {
  const isThere = useDoor(PALETTE);
  useHotkeys(isThere ? [] : [['mod+K', openPalette]], []);
  return isThere && <Suspense children={<Palette />} />;
}
