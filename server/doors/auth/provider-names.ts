import type { Settings } from '../../settings.ts'
import { foreignProviders } from './providers.ts'

/** What the sign-in page shows beside the password. */
export const providerNames = (settings: Settings) => foreignProviders(settings).map(({ id, name }) => ({ id, name }))
