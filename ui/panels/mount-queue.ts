type Mount = () => void

const near = new Set<Mount>()
const far = new Set<Mount>()
let asked = false

/** Mounts what the reader has come to: one a frame, as one takes half of it. */
export function mountNext(mount: Mount): void {
  far.delete(mount)
  near.add(mount)
  ask()
}

/** Mounts what the reader may come to when the page has nothing else to do. */
export function mountWhenIdle(mount: Mount): void {
  if (!near.has(mount)) far.add(mount)
  ask()
}

export function forgetMount(mount: Mount): void {
  near.delete(mount)
  far.delete(mount)
}

function ask() {
  if (asked || near.size + far.size === 0) return
  asked = true
  if (near.size > 0) requestAnimationFrame(mountOne)
  // Safari has no requestIdleCallback.
  else if (typeof requestIdleCallback === 'function') requestIdleCallback(mountOne, { timeout: 1000 })
  else setTimeout(mountOne, 50)
}

function mountOne() {
  asked = false
  const [mount] = near.size > 0 ? near : far
  if (!mount) return
  forgetMount(mount)
  mount()
  ask()
}
