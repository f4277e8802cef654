/** What if drawing itself fails? The drawing is safe in the editor; it is shown again on a click. */

import { Component, type ReactNode } from "react";

export class Guard extends Component<{ children: ReactNode }, { failed: string | null }> {
  override state = { failed: null };

  static getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.failed === null) return this.props.children;
    return (
      <div className="failed" role="alert" data-testid="canvas-failed">
        <p>The drawing could not be shown. It is safe, and what was confirmed is saved.</p>
        <p className="quiet">{this.state.failed}</p>
        <button type="button" className="train" onClick={() => this.setState({ failed: null })}>
          Show it again
        </button>
      </div>
    );
  }
}
