import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import type { StatusDto } from '@schema';

/** Of this window: whoever comes back to the overview wants to see it. */
let wasLed = false;

/** Leads to the integration while nothing has ever come: that is what is to be done first. */
export function useFirstStep(status: StatusDto | undefined): void {
  const navigate = useNavigate();
  const isFirst = status !== undefined && status.callbacks.lastCallbackAt === null;
  useEffect(() => {
    if (!isFirst || wasLed) return;
    wasLed = true;
    void navigate('/integration', { replace: true });
  }, [isFirst, navigate]);
}
