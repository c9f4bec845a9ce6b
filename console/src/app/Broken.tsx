import { Component, type ReactNode } from 'react';
import { BrokenPage } from './BrokenPage';

interface State {
  broken?: { error: unknown };
}

/** Around what may fail to load or to be drawn: what is outside of it stays. */
export class Broken extends Component<{ children: ReactNode }, State> {
  static getDerivedStateFromError(error: unknown): State {
    return { broken: { error } };
  }

  override state: State = {};

  override render(): ReactNode {
    const { broken } = this.state;
    return broken === undefined ? this.props.children : <BrokenPage error={broken.error} />;
  }
}
