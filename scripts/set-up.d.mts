export const root: string
export function setUp(needs: 'client' | 'pages'): Promise<string>
