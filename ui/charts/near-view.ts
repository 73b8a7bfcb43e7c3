const told = new WeakMap<Element, (near: boolean) => void>()
let watcher: IntersectionObserver | undefined

/** Says when `element` comes into view, a little before it does, and when it has left. Returns what ends that. */
export function watchNearView(element: Element, tell: (near: boolean) => void): () => void {
  // One observer for all: each of a hundred would look at every frame of a scroll.
  watcher ??= new IntersectionObserver(
    entries => {
      for (const { target, isIntersecting } of entries) told.get(target)?.(isIntersecting)
    },
    { rootMargin: '160px' },
  )
  told.set(element, tell)
  watcher.observe(element)
  return () => {
    told.delete(element)
    watcher?.unobserve(element)
  }
}
