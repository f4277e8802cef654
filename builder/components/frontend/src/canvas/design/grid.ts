/** The grid that dragged nodes snap to, in pixels. */
export const GRID = 16;
