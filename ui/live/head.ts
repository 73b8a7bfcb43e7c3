export type Labels = Readonly<Record<string, string>>

/** How far a run's points reach. */
export type Head = { readonly run: string; readonly epoch: number; readonly cursor: number }
