export const root: string
export function setUp(needs: 'client' | 'pages'): Promise<string>
/** One at a time across processes; returns the release. */
export function lock(folder: string): Promise<() => void>
