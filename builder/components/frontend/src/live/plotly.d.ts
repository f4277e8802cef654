/** The few functions of Plotly that the chart calls. */
declare module "plotly.js-basic-dist-min" {
  export type Trace = Record<string, unknown>;
  export type Layout = Record<string, unknown>;
  export interface PlotDiv extends HTMLElement {
    on?(event: string, handler: (detail: Record<string, unknown>) => void): void;
  }
  export interface PlotlyModule {
    react(div: HTMLElement, traces: Trace[], layout: Layout, config?: Record<string, unknown>): Promise<unknown>;
    purge(div: HTMLElement): void;
  }
  const Plotly: PlotlyModule;
  export default Plotly;
}
