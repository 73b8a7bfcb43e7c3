import { themeBoot } from './theme'

/** First child of <head> in the root layout, whose <html> needs `suppressHydrationWarning`. */
export function ThemeScript({ nonce }: { nonce?: string | undefined }) {
  return <script nonce={nonce}>{themeBoot}</script>
}
