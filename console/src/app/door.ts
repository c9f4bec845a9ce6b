import { useEffect, useState } from 'react';

/** Whether an event of the window has come since: for what is loaded only once somebody wants it. */
export function useDoor(event: string): boolean {
  const [isOpen, setIsOpen] = useState(false);
  useEffect(() => {
    const open = () => setIsOpen(true);
    window.addEventListener(event, open);
    return () => window.removeEventListener(event, open);
  }, [event]);
  return isOpen;
}
