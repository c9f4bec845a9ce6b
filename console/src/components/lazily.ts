import { type ComponentType, createElement, lazy, Suspense } from 'react';

/** A part of a page that is loaded when it is first shown, as a dialog or a tab is. Until then nothing stands in its place. */
export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() })) as ComponentType<Props>;
  return function Lazily(props: Props) {
    return createElement(Suspense, undefined, createElement(Part, props));
  };
}
