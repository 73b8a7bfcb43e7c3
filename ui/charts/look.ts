export const curves = ['line', 'dashes', 'steps', 'marks', 'points'] as const
export type Curve = (typeof curves)[number]

/** What stands behind a line: its values before smoothing, the band from its lowest to its highest ones, or nothing. */
export const behinds = ['raw', 'band', 'nothing'] as const
export type Behind = (typeof behinds)[number]

export type Look = { readonly curve: Curve; readonly behind: Behind }

export const plainLook: Look = { curve: 'line', behind: 'raw' }
