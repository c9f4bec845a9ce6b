import type { NotificationData } from '@mantine/notifications';
import { lazy, Suspense } from 'react';
import { useDoor } from './door';

const load = () => import('./Toasts');
const Toasts = lazy(load);
const OPEN = 'rollcall:toast';

/** Says in a corner what has happened. */
export function toast(said: NotificationData): void {
  window.dispatchEvent(new Event(OPEN));
  void load().then(({ notifications }) => notifications.show(said));
}

/** Where they appear, from the first one on. */
export function ToastDoor() {
  return useDoor(OPEN) && <Suspense children={<Toasts />} />;
}
