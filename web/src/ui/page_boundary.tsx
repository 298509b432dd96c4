import { Component, type ReactNode } from "react";

import { Trouble } from "./trouble";

// What a page throws, or its code that could not be loaded (offline, or after an upgrade of the shop), costs the page and
// not the app.
export class PageBoundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    // A failed import stays failed until the page is loaded again.
    return error ? (
      <Trouble whole error={error} retry={() => window.location.reload()} />
    ) : (
      this.props.children
    );
  }
}
