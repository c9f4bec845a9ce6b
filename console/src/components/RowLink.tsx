import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** From a row to its own page. @param to path in the console, `/applicants/…` */
export function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="row-link" data-row-link>
      {children}
    </Link>
  );
}
