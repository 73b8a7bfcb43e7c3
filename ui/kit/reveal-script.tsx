/**
 * React shows what streams in behind a skeleton at the earliest 300 ms after the skeleton was painted, reckoned from
 * `$RT`. Measured: a board that was there after 275 ms stood hidden until 527, and was not hydrated either. Without a
 * time to reckon from React shows it in the next frame.
 */
const revealBoot = `Object.defineProperty(window,'$RT',{get:function(){},set:function(){}})`

/** In <head>, ahead of all that streams in. */
export function RevealScript({ nonce }: { nonce?: string | undefined }) {
  return <script nonce={nonce}>{revealBoot}</script>
}
