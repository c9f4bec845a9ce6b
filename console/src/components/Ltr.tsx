import type { ReactNode } from 'react';

/** Ids, phones, paths, masked values, codes: always left to right, or Arabic text around them turns them about. */
export function Ltr({ children }: { children: ReactNode }) {
  return (
    <bdi dir="ltr" className="ltr">
      {children}
    </bdi>
  );
}
